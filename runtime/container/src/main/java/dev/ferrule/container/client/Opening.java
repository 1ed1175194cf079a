package dev.ferrule.container.client;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.session.Extensions;
import dev.ferrule.container.session.FerruleContainer;
import dev.ferrule.container.session.FerruleSession;
import dev.ferrule.container.session.LogicalEndpoint;
import dev.ferrule.container.session.Ongoing;
import dev.ferrule.container.session.SessionEndpoint;
import dev.ferrule.container.session.SessionFacts;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.HandshakeFacts;
import dev.ferrule.container.spi.OpeningHandshake;
import dev.ferrule.container.spi.Transport;
import dev.ferrule.engine.api.HandshakeFailure;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.extension.ExtensionNegotiation;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameTransform;
import dev.ferrule.engine.handshake.ClientHandshake;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.EndpointConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one connection takes before it is one: the endpoint, its contexts and a transport. Given back exactly once, by
 * {@link #giveUp} or at the end of the session that {@link #session} made.
 */
final class Opening {
    private final ClientConnector connector;
    private final Plan plan;
    private final ClientSide side;
    private final CallbackScope.Connection scope;
    private final Transport transport;
    private @Nullable Reconnection reconnection;

    private Opening(
            ClientConnector connector,
            Plan plan,
            ClientSide side,
            CallbackScope.Connection scope,
            Transport transport) {
        this.connector = connector;
        this.plan = plan;
        this.side = side;
        this.scope = scope;
        this.transport = transport;
    }

    /** Checks the endpoint and takes what it needs. */
    static Opening begin(ClientConnector connector, Plan plan) throws DeploymentException {
        ClientSide side = ClientSide.of(plan.wanted(), connector.services().hooks());
        CallbackScope.@Nullable Connection scope = null;
        try {
            scope = connector.services().hooks().scope().begin(new ClientOpening(side.type(), side.config()));
            return new Opening(
                    connector, plan, side, scope, connector.transports().acquire());
        } catch (RuntimeException | Error failure) {
            side.release();
            if (scope != null) {
                scope.end();
            }
            throw failure;
        }
    }

    ClientSide side() {
        return side;
    }

    CallbackScope.Connection scope() {
        return scope;
    }

    Transport transport() {
        return transport;
    }

    /** Who is told when the session has ended by itself. */
    void reconnectBy(@Nullable Reconnection keeper) {
        reconnection = keeper;
    }

    /** No session comes of it. */
    void giveUp() {
        try (CallbackScope.Activation active = scope.enter(CallbackScope.Callback.OTHER)) {
            side.release();
        } finally {
            try {
                scope.end();
            } finally {
                connector.transports().release();
            }
        }
    }

    /** A client's handshake, as the contexts of its connection keep it. */
    private record ClientOpening(Class<?> endpointClass, EndpointConfig config) implements OpeningHandshake {
        @Override
        public Map<String, String> pathParameters() {
            return Map.of();
        }

        @Override
        public @Nullable HandshakeFacts request() {
            return null;
        }
    }

    /** Makes the session; when it throws, nothing was made and the opening is still to be given up. */
    Life session(Target target, ClientHandshake handshake, ClientHandshake.Result result)
            throws DeploymentException, HandshakeFailure {
        List<FrameTransform> transforms = transforms(handshake.offers(), result.extensions());
        Made made = make();
        String query = target.uri().getRawQuery();
        SessionFacts facts = new SessionFacts(
                target.uri().getRawAuthority(),
                target.uri().getRawPath() + (query == null ? "" : "?" + query),
                Map.of(),
                Map.of(),
                null,
                target.secure(),
                result.subprotocol() == null ? "" : result.subprotocol(),
                Extensions.toApi(result.extensions()));
        Life life = new Life();
        SessionEndpoint endpoint = new SessionEndpoint(
                new LogicalEndpoint(
                        new Key(plan.container(), side.type()),
                        side.type().getName() + " to " + target.uri(),
                        connector.services().settings(),
                        side.coders(),
                        side.model() == null ? List.of() : side.model().messages()),
                side.bind(made.instance()),
                made.coders(),
                scope,
                plan.loader(),
                life::ended);
        FerruleSession session = new FerruleSession(
                connector.services(), plan.container(), Role.CLIENT, facts, endpoint, side.config(), transforms);
        life.session = session;
        return life;
    }

    private record Made(Object instance, SessionCoders coders) {}

    /** Makes the endpoint and its coders; what the application throws there is a deployment that failed. */
    private Made make() throws DeploymentException {
        try (CallbackScope.Activation active = scope.enter(CallbackScope.Callback.HANDSHAKE)) {
            Object instance = side.instance().get();
            return new Made(
                    instance,
                    SessionCoders.create(
                            side.coders(), connector.services().hooks().instances(), side.config()));
        } catch (RuntimeException failure) {
            throw new DeploymentException(
                    "The endpoint " + side.type().getName() + " or its coders cannot be made: " + failure.getMessage(),
                    failure);
        }
    }

    /** The state of the installed extensions among the answers; what only the application knows has none. */
    private List<FrameTransform> transforms(List<ExtensionOffer> offers, List<ExtensionOffer> answers)
            throws HandshakeFailure {
        List<ExtensionOffer> known = answers.stream()
                .filter(answer -> connector.installed().stream()
                        .anyMatch(extension -> extension.name().equals(answer.name())))
                .toList();
        return ExtensionNegotiation.confirm(connector.installed(), offers, known).stream()
                .map(agreement -> agreement.transforms().get())
                .toList();
    }

    /** The logical endpoint of a client: a class in a container. */
    private record Key(FerruleContainer container, Class<?> type) {}

    /** The session among what the container has begun: closed with it, and gone from there at its end. */
    final class Life implements Ongoing.Entry {
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final long begunAt = System.nanoTime();
        private @Nullable FerruleSession session;
        private boolean told;

        FerruleSession session() {
            return Objects.requireNonNull(session);
        }

        @Override
        public CompletableFuture<?> end() {
            session().close(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "The client is closing"));
            return over;
        }

        /** The application has the session: from now on its loss is worth a new connection. */
        void handedOut() {
            tellWhenBoth();
        }

        private void ended() {
            try {
                side.release();
            } finally {
                connector.transports().release();
                plan.container().ongoing().remove(this);
                over.complete(null);
            }
            tellWhenBoth();
        }

        /** The second of the two calls finds a session that was handed out and has ended, in whatever order. */
        private void tellWhenBoth() {
            synchronized (this) {
                if (!told) {
                    told = true;
                    return;
                }
            }
            if (reconnection != null) {
                reconnection.ended(session(), Duration.ofNanos(System.nanoTime() - begunAt));
            }
        }
    }
}
