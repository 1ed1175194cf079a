package dev.ferrule.container.session;

import dev.ferrule.container.send.SendBudget;
import dev.ferrule.container.send.Texts;
import dev.ferrule.container.settings.CallbackPlace;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.CallbackGuard;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.CoderProvider;
import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.EventSink;
import dev.ferrule.container.spi.HandshakeGuard;
import dev.ferrule.container.spi.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of a container share: settings, application hooks, callback threads, the registry and the clock. The
 * container owns and closes it.
 */
public final class ContainerServices implements AutoCloseable {
    /** Of the heap that many parts are there for each one that may wait for peers. */
    private static final int HEAP_SHARE = 4;

    /** Time for the {@code onClose} of sessions that were cut; callbacks that still run then are about to be interrupted. */
    private static final long AFTER_CUT_MILLIS = 500;

    private final Settings settings;
    private final Hooks hooks;
    private final CallbackThreads threads;
    private volatile Executor callbacks;
    private final SessionRegistry registry = new SessionRegistry();
    private final SessionIds ids = new SessionIds();
    private final Texts texts = new Texts();
    private final Heartbeat heartbeat;
    private final SendBudget sendBudget;
    private final BoundedLog boundedLog = new BoundedLog(System.nanoTime());
    private final Rounds rounds = new Rounds(registry, boundedLog);
    private final CallbackRunner runner;
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile CountDownLatch quiet = new CountDownLatch(0);
    private volatile @Nullable CloseReason stopping;

    /**
     * Where application code is obtained and what surrounds it.
     *
     * @param instances where application objects come from
     * @param scope what surrounds callbacks
     * @param guards who decide about handshakes beside configurators, one after the other
     * @param callbackGuard what is checked before callbacks
     * @param events who is told of connections
     * @param coderProviders who has coders for types without
     * @param beans where coder providers find application beans
     */
    public record Hooks(
            EndpointInstances instances,
            CallbackScope scope,
            List<HandshakeGuard> guards,
            CallbackGuard callbackGuard,
            EventSink events,
            List<CoderProvider> coderProviders,
            CoderProvider.Beans beans) {
        /** What coder providers may know of an endpoint. */
        public CoderProvider.Context coderContext(Class<?> endpoint) {
            return new CoderProvider.Context(endpoint, beans);
        }

        /** The hooks where there is no container for beans. */
        public static Hooks plain(EndpointInstances instances, List<CoderProvider> coderProviders) {
            return new Hooks(
                    instances,
                    CallbackScope.NONE,
                    List.of(),
                    CallbackGuard.NONE,
                    EventSink.NONE,
                    coderProviders,
                    CoderProvider.Beans.NONE);
        }
    }

    /** The services of a new container. No thread runs before the first session. */
    public ContainerServices(Settings settings, Hooks hooks) {
        this.settings = settings;
        this.hooks = hooks;
        this.runner = new CallbackRunner(hooks.events(), boundedLog);
        this.threads = new CallbackThreads(settings.get(Keys.CALLBACK_THREADS));
        this.callbacks = threads;
        int budget = settings.get(Keys.SEND_BUDGET);
        this.sendBudget =
                new SendBudget(budget > 0 ? budget : Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        this.heartbeat = new Heartbeat(rounds::beat);
    }

    /** The settings. */
    public Settings settings() {
        return settings;
    }

    /** The application hooks. */
    public Hooks hooks() {
        return hooks;
    }

    /** The identifier of a new session. */
    String newSessionId() {
        return ids.next();
    }

    /** Encodes what sessions send. */
    Texts texts() {
        return texts;
    }

    /** What all sessions may have waiting for their peers. */
    SendBudget sendBudget() {
        return sendBudget;
    }

    /** Surrounds what sessions call. */
    CallbackRunner runner() {
        return runner;
    }

    /** Lets a transport run callbacks, if the settings want it and it can. Called before its first connection. */
    public void runCallbacksOn(Transport transport) {
        if (settings.get(Keys.CALLBACKS_ON) == CallbackPlace.EVENT_LOOP) {
            callbacks = transport.callbacks(threads, settings.get(Keys.CALLBACK_THREADS));
        }
    }

    /** Runs application code that may block. */
    public Executor callbacks() {
        return callbacks;
    }

    /** A copy of the open sessions of an endpoint. */
    public Set<Session> openSessions(Object endpointKey) {
        return registry.of(endpointKey);
    }

    /** A handshake or a session begins, which a stop waits for; {@link #ended} is called once for it. */
    public void expected() {
        unfinished.incrementAndGet();
    }

    /** Its connection has opened. When the container stops just now, it closes at once. */
    void begun(FerruleSession session) {
        registry.add(session);
        if (session.link().isOver()) {
            registry.remove(session); // it has ended meanwhile, perhaps before it was added
        }
        rounds.expect(session, session.link().endpoint().logical().shortestTimeoutMillis());
        rounds.expect(session, session.getMaxIdleTimeout());
        heartbeat.start();
        CloseReason reason = stopping;
        if (reason != null) {
            session.close(reason);
        }
    }

    /** A time begins whose end the clock has to notice, in milliseconds; 0 or less for never. */
    void expect(FerruleSession session, long millis) {
        rounds.expect(session, millis);
    }

    /** No longer among the open ones; its {@code onClose} is still to come. */
    void ending(FerruleSession session) {
        registry.remove(session);
    }

    /** It has ended, but something of it is still to be called or written, perhaps. */
    void lookAfter(FerruleSession session) {
        if (rounds.ending(session)) {
            heartbeat.start();
        }
    }

    /** A handshake or a session is over. */
    public void ended() {
        if (unfinished.decrementAndGet() == 0) {
            quiet.countDown();
        }
    }

    /**
     * Closes every session, waits for their {@code onClose}, and cuts what is left after the grace.
     *
     * @param graceMillis how long peers may take to answer
     */
    public void closeSessions(CloseReason reason, long graceMillis) {
        // First for those that are still to open, then those that are open: none slips through between.
        stopping = reason;
        registry.all().forEach(session -> session.close(reason));
        if (!awaitQuiet(graceMillis)) {
            registry.all().forEach(session -> session.link().cut("The container stopped"));
            awaitQuiet(Math.min(graceMillis, AFTER_CUT_MILLIS));
        }
    }

    private boolean awaitQuiet(long graceMillis) {
        CountDownLatch latch = new CountDownLatch(1);
        quiet = latch;
        if (unfinished.get() == 0) {
            return true;
        }
        try {
            return latch.await(graceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the threads and what coders need. Callbacks that still run get a second, then an interrupt. */
    @Override
    public void close() {
        heartbeat.close();
        rounds.end();
        threads.close();
        threads.awaitEnd(1000);
        hooks.coderProviders().forEach(CoderProvider::close);
    }
}
