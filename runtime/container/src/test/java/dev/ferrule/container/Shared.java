package dev.ferrule.container;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.container.spi.ServerBinding;
import dev.ferrule.container.spi.ServerHandler;
import dev.ferrule.container.spi.Transport;
import java.io.IOException;

/** A network that outlives the server that is on it. */
record Shared(MemoryTransport network) implements Transport {
    @Override
    public String name() {
        return network.name();
    }

    @Override
    public ServerBinding bind(BindRequest request, ServerHandler handler) throws IOException {
        return network.bind(request, handler);
    }

    @Override
    public void connect(ConnectRequest request, ConnectHandler handler) {
        network.connect(request, handler);
    }

    @Override
    public void close() {}
}
