package dev.ferrule.container.client;

import dev.ferrule.container.connect.HandshakeFailedException;
import dev.ferrule.container.connect.ReconnectPolicy;
import dev.ferrule.container.session.FerruleSession;
import dev.ferrule.container.session.Ongoing;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.ClientExchange;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.engine.api.HandshakeFailure;
import dev.ferrule.engine.handshake.ClientHandshake;
import dev.ferrule.engine.handshake.ResponseHead;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.HandshakeResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One way to a session: as many requests as redirects, credentials, proxies and patience take, until one is answered with a
 * WebSocket or the attempt has failed.
 *
 * <p>Threading: a chain of steps, one after the other, on an executor that may run application code; between two of them the
 * transport works or time passes, and no thread waits. Fields belong to the chain. {@link #cancel} may come from any thread:
 * it settles the result at once, and what was taken is given back by the step that comes next.
 */
final class Connecting implements Ongoing.Entry {
    /** What the transport may be late beyond its own timeout before we stop waiting for its answer. */
    private static final long GRACE_MILLIS = 2_000;

    private final ClientConnector connector;
    private final Plan plan;
    private final Executor steps;
    private final @Nullable Reconnection reconnection;
    private final Settings settings;
    private final CompletableFuture<FerruleSession> result = new CompletableFuture<>();

    private @Nullable Opening opening;
    private @Nullable Itinerary itinerary;
    private Duration patience;
    private long deadline;
    private boolean asked;
    private final AtomicReference<@Nullable ClientExchange> unjudged = new AtomicReference<>();
    private Opening.@Nullable Life life;
    private volatile @Nullable CompletableFuture<?> pause;

    /** @param reconnection whose connection this renews, or null for the first one */
    Connecting(ClientConnector connector, Plan plan, Executor steps, @Nullable Reconnection reconnection) {
        this.reconnection = reconnection;
        this.connector = connector;
        this.plan = plan;
        this.steps = steps;
        this.settings = connector.services().settings();
        this.patience = settings.get(Keys.RETRY_AFTER);
    }

    /** One step: what it throws fails the attempt. */
    private interface Step {
        void run() throws DeploymentException, IOException;
    }

    /** Begins, and returns what will complete, on a thread of the steps, when {@code onOpen} has returned. */
    CompletableFuture<FerruleSession> start() {
        if (plan.container().ongoing().add(this)) {
            next(this::prepare);
        } else {
            end();
        }
        return result;
    }

    @Override
    public CompletableFuture<?> end() {
        cancel(new DeploymentException("Cannot connect to " + Target.shown(plan.uri()) + ": the container is closed"));
        return CompletableFuture.completedFuture(null);
    }

    /** Gives up from outside. */
    void cancel(Throwable why) {
        result.completeExceptionally(why);
        CompletableFuture<?> waiting = pause;
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private void next(Step step) {
        try {
            steps.execute(() -> run(step));
        } catch (RejectedExecutionException stopped) {
            fail(new DeploymentException(
                    "Cannot connect to " + Target.shown(plan.uri()) + ": the container is closed", stopped));
        }
    }

    private void run(Step step) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(plan.loader());
        try {
            if (result.isDone()) {
                giveBack();
            } else {
                step.run();
            }
        } catch (Throwable failure) {
            fail(failure);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void fail(Throwable failure) {
        try {
            giveBack();
        } catch (Throwable another) {
            failure.addSuppressed(another);
        }
        result.completeExceptionally(failure);
    }

    /** Lets go of everything; harmless when called again. */
    private void giveBack() {
        plan.container().ongoing().remove(this);
        discard();
        Opening taken = opening;
        opening = null;
        if (taken != null) {
            taken.giveUp();
        }
        if (life != null) {
            life.end();
        }
    }

    private void discard() {
        ClientExchange left = unjudged.getAndSet(null);
        if (left != null) {
            left.discard();
        }
    }

    private void prepare() throws DeploymentException {
        Target target = Target.of(plan.uri());
        opening = Opening.begin(connector, plan);
        ClientOptions options = new ClientOptions(config().getUserProperties(), settings);
        itinerary = new Itinerary(target, options, settings);
        ReconnectPolicy policy = options.reconnect();
        opening()
                .reconnectBy(
                        reconnection == null && policy != null
                                ? new Reconnection(connector, plan, policy)
                                : reconnection);
        deadline = inTime();
        ask();
    }

    private long inTime() {
        return System.nanoTime() + settings.get(Keys.HANDSHAKE_TIMEOUT).toNanos();
    }

    private Opening opening() {
        Opening begun = opening;
        if (begun == null) {
            throw new IllegalStateException("Not prepared, or over");
        }
        return begun;
    }

    private Itinerary itinerary() {
        Itinerary begun = itinerary;
        if (begun == null) {
            throw new IllegalStateException("Not prepared");
        }
        return begun;
    }

    private ClientEndpointConfig config() {
        return opening().side().config();
    }

    // One request

    private void ask() throws DeploymentException {
        long whole = settings.get(Keys.HANDSHAKE_TIMEOUT).toMillis();
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        // What our own first steps took is given back: messages then tell the time that was set.
        Duration time = Duration.ofMillis(asked ? Math.max(1, left) : whole);
        Inquiry inquiry = Inquiry.make(connector, opening(), itinerary(), time);
        asked = true;
        send(inquiry.request(), inquiry.handshake());
    }

    private void send(ConnectRequest request, ClientHandshake handshake) {
        CompletableFuture<Step> answer = new CompletableFuture<>();
        opening().transport().connect(request, new ConnectHandler() {
            @Override
            public void onResponse(ClientExchange exchange) {
                unjudged.set(exchange);
                if (!answer.complete(() -> judge(exchange, handshake))) {
                    discard();
                }
            }

            @Override
            public void onTunnelRefused(ResponseHead response) {
                answer.complete(() -> tunnelRefused(response));
            }

            @Override
            public void onFailure(IOException cause) {
                answer.complete(() -> unanswered(String.valueOf(cause.getMessage()), cause));
            }
        });
        Delays.begin(() -> answer.orTimeout(request.timeout().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS));
        answer.whenComplete((step, late) -> next(late == null ? step : () -> late(late)));
    }

    private void late(Throwable late) throws DeploymentException {
        String limit = settings.get(Keys.HANDSHAKE_TIMEOUT).toMillis() + " ms (" + Keys.HANDSHAKE_TIMEOUT.key() + ")";
        unanswered(
                "no answer within " + limit,
                late instanceof TimeoutException timeout ? timeout : new TimeoutException(late.toString()));
    }

    // One answer

    private void unanswered(String why, Throwable cause) throws DeploymentException {
        tell(Map.of());
        throw itinerary().failure(why, cause);
    }

    private void tunnelRefused(ResponseHead response) throws DeploymentException {
        tell(Map.of());
        String hopeless = itinerary().refusedByProxy(response);
        if (hopeless != null) {
            throw answered(hopeless, response, true, null);
        }
        ask();
    }

    private void judge(ClientExchange exchange, ClientHandshake handshake) throws DeploymentException {
        ResponseHead response = exchange.response();
        tell(response.headers());
        if (result.isDone()) {
            giveBack(); // the application ended it meanwhile: nothing is made for a session that nobody gets
            return;
        }
        if (response.status() == 101) {
            open(exchange, handshake);
            return;
        }
        discard();
        Itinerary way = itinerary();
        Duration wait = RetryAfter.of(response);
        if (way.leads(response)) {
            try {
                way.follow(response);
            } catch (DeploymentException dead) {
                throw answered(String.valueOf(dead.getMessage()), response, false, dead.getCause());
            }
            ask();
        } else if (response.status() == 401) {
            String hopeless = way.refused(response);
            if (hopeless != null) {
                throw answered(hopeless, response, false, null);
            }
            ask();
        } else if (wait != null && wait.compareTo(patience) <= 0) {
            patience = patience.minus(wait);
            await(wait);
        } else {
            throw answered(
                    "the server answered with status " + response.status() + " instead of 101 Switching Protocols",
                    response,
                    false,
                    null);
        }
    }

    private void await(Duration wait) {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        pause = waiting;
        waiting.whenComplete((done, never) -> next(() -> {
            pause = null;
            asked = false;
            deadline = inTime();
            ask();
        }));
        Delays.begin(() -> waiting.completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS));
        if (result.isDone()) {
            waiting.complete(null); // cancelled in between
        }
    }

    /** {@code afterResponse} comes after every handshake, a failed one too; without a response there are no headers. */
    private void tell(Map<String, List<String>> headers) {
        try (CallbackScope.Activation active = opening().scope().enter(CallbackScope.Callback.HANDSHAKE)) {
            config().getConfigurator().afterResponse((HandshakeResponse) () -> headers);
        }
    }

    private void open(ClientExchange exchange, ClientHandshake handshake) throws DeploymentException {
        Opening.Life begun;
        try {
            begun = opening().session(itinerary().target(), handshake, handshake.check(exchange.response()));
        } catch (HandshakeFailure wrong) {
            throw answered(String.valueOf(wrong.getMessage()), exchange.response(), false, wrong);
        }
        life = begun;
        opening = null; // from here on the session gives back what was taken
        if (plan.container().ongoing().add(begun)) {
            unjudged.set(null);
            exchange.accept(begun.session().listener());
        } else {
            discard();
            begun.session().listener().onFailure(new IOException("the container is closed"));
        }
        begun.session()
                .opened()
                .whenComplete((opened, failure) -> next(() -> {
                    if (failure != null) {
                        throw itinerary().failure(String.valueOf(failure.getMessage()), failure);
                    }
                    handOut(begun);
                }));
    }

    private void handOut(Opening.Life opened) {
        plan.container().ongoing().remove(this);
        if (result.complete(opened.session())) {
            opened.handedOut();
        } else {
            opened.end();
        }
    }

    private HandshakeFailedException answered(
            String why, ResponseHead response, boolean byProxy, @Nullable Throwable cause) {
        Itinerary way = itinerary();
        return new HandshakeFailedException(
                "The opening handshake with " + way.describe() + " failed: " + why + " (status " + response.status()
                        + ")",
                way.target().uri(),
                response.status(),
                response.headers(),
                byProxy,
                cause);
    }
}
