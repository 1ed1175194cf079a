package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.ServerHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A transport for each test, closed afterwards. */
final class Fixture implements BeforeEachCallback, AfterEachCallback {
    static final int MAX_HEAD_BYTES = 4096;
    static final int MAX_HEADERS = 20;

    NettyTransport transport = new NettyTransport();

    @Override
    public void beforeEach(ExtensionContext context) {
        transport = new NettyTransport();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        transport.close();
    }

    int serve(ServerHandler handler) {
        return serve(handler, null, Duration.ofSeconds(10));
    }

    int serve(ServerHandler handler, SSLContext tls, Duration handshakeTimeout) {
        try {
            return transport
                    .bind(new BindRequest("127.0.0.1", 0, tls, MAX_HEAD_BYTES, MAX_HEADERS, handshakeTimeout), handler)
                    .address()
                    .getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
