package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.ClientExchange;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.container.spi.Transport;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.engine.handshake.ResponseHead;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Remembers how a connection attempt ended. */
final class Client implements ConnectHandler {
    static final RequestHead HEAD = new RequestHead(
            "GET",
            "/chat?x=1",
            Map.of(
                    "Host", List.of("h"),
                    "Upgrade", List.of("websocket"),
                    "Connection", List.of("Upgrade"),
                    "Sec-WebSocket-Key", List.of("dGhlIHNhbXBsZSBub25jZQ=="),
                    "Sec-WebSocket-Version", List.of("13")));

    final CompletableFuture<ClientExchange> exchange = new CompletableFuture<>();
    final CompletableFuture<ResponseHead> refusedTunnel = new CompletableFuture<>();
    final CompletableFuture<IOException> failure = new CompletableFuture<>();
    final AtomicInteger calls = new AtomicInteger();

    static Client connect(Transport transport, String host, int port) {
        return connect(transport, host, port, null, Duration.ofSeconds(5));
    }

    static Client connect(Transport transport, String host, int port, SSLContext tls, Duration timeout) {
        return connect(transport, new ConnectRequest(host, port, tls, HEAD, 4096, 20, timeout));
    }

    static Client connect(Transport transport, ConnectRequest request) {
        Client client = new Client();
        transport.connect(request, client);
        return client;
    }

    ClientExchange response() {
        return Recorder.get(exchange);
    }

    IOException refusal() {
        return Recorder.get(failure);
    }

    @Override
    public void onResponse(ClientExchange responding) {
        calls.incrementAndGet();
        exchange.complete(responding);
    }

    @Override
    public void onTunnelRefused(ResponseHead response) {
        calls.incrementAndGet();
        refusedTunnel.complete(response);
    }

    @Override
    public void onFailure(IOException cause) {
        calls.incrementAndGet();
        failure.complete(cause);
    }
}
