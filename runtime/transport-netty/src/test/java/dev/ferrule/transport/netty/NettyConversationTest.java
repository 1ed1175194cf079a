package dev.ferrule.transport.netty;

import dev.ferrule.container.ConversationContract;
import dev.ferrule.container.spi.Transport;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
class NettyConversationTest extends ConversationContract {
    @Override
    protected Transport transport() {
        return new NettyTransport();
    }
}
