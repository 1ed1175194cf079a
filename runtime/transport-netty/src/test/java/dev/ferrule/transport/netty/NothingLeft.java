package dev.ferrule.transport.netty;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.LeakProbe;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails each test that leaves descriptors, threads or uncaught exceptions behind, when its own clean-up is done. */
final class NothingLeft implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final Namespace PROBES = Namespace.create(NothingLeft.class);

    @ServerEndpoint("/first")
    public static class First {
        @OnMessage
        String text(String text) {
            return text;
        }
    }

    /** One conversation, so that what the JVM opens once and keeps is open before the first probe. */
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        CompletableFuture<String> echoed = new CompletableFuture<>();
        try (FerruleServer server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new NettyTransport())
                .endpoint(First.class)
                .start()) {
            Endpoint client = new Endpoint() {
                @Override
                public void onOpen(Session session, EndpointConfig config) {
                    session.addMessageHandler(String.class, echoed::complete);
                }
            };
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
            try (Session session = server.container()
                    .connectToServer(client, config, server.uri().resolve("first"))) {
                session.getBasicRemote().sendText("hello");
                echoed.get(5, TimeUnit.SECONDS);
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(PROBES).put(context.getUniqueId(), LeakProbe.start());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getStore(PROBES).remove(context.getUniqueId(), LeakProbe.class).awaitRestored();
    }
}
