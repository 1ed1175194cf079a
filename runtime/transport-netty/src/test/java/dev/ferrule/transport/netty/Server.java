package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.PlainExchange;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.ServerHandler;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.wirekit.RawPeer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Remembers requests; accepts every upgrade with one listener and answers plain requests with their own path, unless told otherwise. */
final class Server implements ServerHandler {
    final List<RequestHead> requests = new CopyOnWriteArrayList<>();
    Consumer<UpgradeExchange> upgrades;
    Consumer<PlainExchange> plain = exchange ->
            exchange.respond(PlainResponse.text(200, exchange.request().target()));

    Server(ConnectionListener listener) {
        upgrades = exchange -> accept(exchange, listener);
    }

    static void accept(UpgradeExchange exchange, ConnectionListener listener) {
        String key = exchange.request().header("Sec-WebSocket-Key");
        exchange.accept(
                Map.of(
                        "Upgrade", List.of("websocket"),
                        "Connection", List.of("Upgrade"),
                        "Sec-WebSocket-Accept", List.of(RawPeer.acceptFor(key))),
                listener);
    }

    @Override
    public void onUpgrade(UpgradeExchange exchange) {
        requests.add(exchange.request());
        upgrades.accept(exchange);
    }

    @Override
    public void onRequest(PlainExchange exchange) {
        requests.add(exchange.request());
        plain.accept(exchange);
    }
}
