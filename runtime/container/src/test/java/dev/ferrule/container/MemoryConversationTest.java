package dev.ferrule.container;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.Transport;

class MemoryConversationTest extends ConversationContract {
    @Override
    protected Transport transport() {
        return new MemoryTransport();
    }
}
