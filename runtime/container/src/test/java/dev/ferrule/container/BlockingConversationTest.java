package dev.ferrule.container;

import dev.ferrule.container.blocking.BlockingTransport;
import dev.ferrule.container.spi.Transport;

class BlockingConversationTest extends ConversationContract {
    @Override
    Transport transport() {
        return new BlockingTransport();
    }
}
