package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.connect.HandshakeFailedException;
import dev.ferrule.container.spi.Caller;
import dev.ferrule.container.spi.HandshakeRefusedException;
import dev.ferrule.container.spi.HandshakeVerdict;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who decides about handshakes and calls beside configurators and endpoints. */
@Timeout(20)
class GuardsTest {
    @ServerEndpoint(value = "/guarded/{name}", configurator = Asking.class)
    public static class Guarded {
        @OnMessage
        String on(String message, Session session) {
            return message + " " + session.getUserPrincipal().getName();
        }

        @OnError
        void failed(Session session, Throwable error) throws Exception {
            session.getBasicRemote().sendText(error.getMessage());
        }
    }

    /** Sees the caller, and refuses by itself. */
    public static class Asking extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            Stage.see(request.getUserPrincipal().getName() + " " + request.isUserInRole("reader") + " "
                    + request.isUserInRole("writer"));
            if (request.getUserPrincipal().getName().equals("late")) {
                throw new IllegalStateException(new HandshakeRefusedException(410, "Too late"));
            }
        }
    }

    private static Stage stage() throws Exception {
        return Stage.with(builder -> builder.endpoint(Guarded.class)
                .guard(handshake -> HandshakeVerdict.admitted(
                        Caller.named(handshake.pathParameters().get("name"), "reader")))
                .guard(handshake ->
                        handshake.request().getUserPrincipal().getName().equals("eve")
                                ? HandshakeVerdict.refused(403, "Not eve")
                                : HandshakeVerdict.anonymous())
                .callbackGuard((endpoint, callback) -> callback.getName().equals("on")
                        ? (instance, arguments) -> {
                            if (arguments[0].equals("forbidden")) {
                                throw new SecurityException("not so");
                            }
                        }
                        : null));
    }

    private static HandshakeFailedException refusal(Stage stage, String path) {
        return Assertions.catchThrowableOfType(
                HandshakeFailedException.class,
                () -> Peer.connect(stage.server.client(), stage.server.uri().resolve(path)));
    }

    @Test
    void aCallerWhomAGuardAdmitsIsTheSessionsPrincipal() throws Exception {
        try (Stage stage = stage()) {
            URI uri = stage.server.uri().resolve("guarded/ann");
            Peer peer = Peer.connect(stage.server.client(), uri);
            assertThat(Stage.next()).isEqualTo("ann true false");
            assertThat(peer.send("I am").next()).isEqualTo("I am ann");
        }
    }

    @Test
    void aLaterGuardSeesTheCallerAndMayRefuse() throws Exception {
        try (Stage stage = stage()) {
            assertThat(refusal(stage, "guarded/eve").status()).isEqualTo(403);
        }
    }

    @Test
    void applicationCodeRefusesByAnExceptionAlsoAsACause() throws Exception {
        try (Stage stage = stage()) {
            assertThat(refusal(stage, "guarded/late").status()).isEqualTo(410);
        }
    }

    @Test
    void aCallThatIsNotAllowedGoesToTheErrorMethod() throws Exception {
        try (Stage stage = stage()) {
            Peer peer = Peer.connect(stage.server.client(), stage.server.uri().resolve("guarded/ann"));
            assertThat(peer.send("forbidden").next()).isEqualTo("not so");
            assertThat(peer.send("allowed").next()).isEqualTo("allowed ann");
        }
    }

    @Test
    void anUnauthorizedPeerGetsEveryChallenge() throws Exception {
        try (Stage stage = Stage.with(builder -> builder.endpoint(Guarded.class)
                .guard(handshake -> HandshakeVerdict.unauthorized(List.of("Basic realm=\"a\"", "Bearer"))))) {
            HandshakeFailedException refusal = refusal(stage, "guarded/ann");
            assertThat(refusal.status()).isEqualTo(401);
            assertThat(refusal.headers().get("WWW-Authenticate")).containsExactly("Basic realm=\"a\"", "Bearer");
        }
    }

    @Test
    void theOpenSessionsOfAnEndpointAreFoundByClassAndByPath() throws Exception {
        try (Stage stage = stage()) {
            Peer peer = Peer.connect(stage.server.client(), stage.server.uri().resolve("guarded/ann"));
            peer.send("hello").next();
            assertThat(stage.server.openSessions().of(Guarded.class))
                    .hasSize(1)
                    .isEqualTo(stage.server.openSessions().of("/guarded/{name}"));
            assertThat(stage.server.openSessions().of(String.class)).isEmpty();
        }
    }
}
