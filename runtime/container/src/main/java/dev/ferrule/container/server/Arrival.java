package dev.ferrule.container.server;

import dev.ferrule.container.path.PathTable;
import dev.ferrule.container.path.Paths;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.handshake.HandshakeRefusal;
import dev.ferrule.engine.handshake.ServerHandshake;

/**
 * A request for an upgrade that has arrived: it is examined and led to its endpoint, or refused. Runs once, on a thread on which
 * application code may block; the container counted it as expected before.
 */
record Arrival(FerruleServerContainer container, UpgradeExchange exchange) implements Runnable {
    @Override
    public void run() {
        try {
            PathTable.Match<DeployedEndpoint> match =
                    container.find(exchange.request().path(), exchange.contextPath());
            if (container.isStopping()) {
                exchange.refuse(PlainResponse.text(503, "The server is stopping"));
            } else if (match == null) {
                exchange.refuse(PlainResponse.text(404, "There is no WebSocket endpoint at this path"));
            } else {
                ServerHandshake request = ServerHandshake.examine(exchange.request());
                if (Paths.isAuthority(request.host())) {
                    new Handshake(container, match.value(), exchange, request, match.parameters()).run();
                } else {
                    exchange.refuse(PlainResponse.text(400, "The Host header is not a host and port (RFC 9110 §7.2)"));
                }
            }
        } catch (HandshakeRefusal refusal) {
            PlainResponse text = PlainResponse.text(refusal.status(), String.valueOf(refusal.getMessage()));
            exchange.refuse(text.with(refusal.headers()));
        } finally {
            container.services().ended();
        }
    }
}
