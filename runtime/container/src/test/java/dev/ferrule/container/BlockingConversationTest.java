package dev.ferrule.container;

import dev.ferrule.container.blocking.BlockingTransport;
import dev.ferrule.container.spi.Transport;

class BlockingConversationTest extends ConversationContract {
    @Override
    protected Transport transport() {
        return new BlockingTransport();
    }
}
