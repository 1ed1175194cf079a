package dev.ferrule.transport.netty;

import dev.ferrule.container.ConversationContract;
import dev.ferrule.container.spi.Transport;

class NettyConversationTest extends ConversationContract {
    @Override
    protected Transport transport() {
        return new NettyTransport();
    }
}
