package dev.ferrule.container.session;

import dev.ferrule.container.coder.CoderCatalog;
import dev.ferrule.container.endpoint.MessageMethod;
import dev.ferrule.container.endpoint.MessageShape;
import dev.ferrule.container.receive.MessageSink;
import dev.ferrule.container.receive.Sinks;
import dev.ferrule.container.send.SendLimits;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.engine.api.Limits;
import java.util.List;
import java.util.stream.Stream;

/** What all sessions of one endpoint share, so that an idle one need not hold it itself. Immutable. */
public final class LogicalEndpoint {
    private final Object key;
    private final String name;
    private final Settings settings;
    private final MessageShape.Coders shapes;
    private final Sinks sinks;
    private final Limits frames;
    private final SendLimits queue;
    private final KeepAlive.Times pings;
    private final long shortestTimeoutMillis;
    private final Recent<SessionFacts> recent = new Recent<>();

    /**
     * An endpoint.
     *
     * @param key sessions with equal keys see each other in {@code getOpenSessions}
     * @param name the endpoint, for people: class and path
     * @param settings the endpoint's settings
     * @param coders the endpoint's coders
     * @param methods the methods that take messages; none for programmatic endpoints, which add handlers
     */
    public LogicalEndpoint(
            Object key, String name, Settings settings, CoderCatalog coders, List<MessageMethod> methods) {
        this.key = key;
        this.name = name;
        this.settings = settings;
        this.shapes = new CatalogShapes(coders);
        this.sinks = new Sinks(methods.stream().map(MessageSink::of).toList());
        this.frames = new Limits(settings.get(Keys.MAX_FRAME), settings.get(Keys.MAX_FRAGMENTS));
        this.queue = new SendLimits(
                settings.get(Keys.SEND_CAP),
                settings.get(Keys.SEND_HIGH_WATER_MARK),
                settings.get(Keys.SEND_LOW_WATER_MARK),
                settings.get(Keys.SEND_POLICY));
        this.pings = new KeepAlive.Times(settings.get(Keys.PING_INTERVAL), settings.get(Keys.PING_TIMEOUT));
        this.shortestTimeoutMillis = Stream.of(Keys.WRITE_STALL_TIMEOUT, Keys.PING_INTERVAL, Keys.PING_TIMEOUT)
                .mapToLong(timeout -> settings.get(timeout).toMillis())
                .filter(millis -> millis > 0)
                .min()
                .orElse(0);
    }

    Object key() {
        return key;
    }

    String name() {
        return name;
    }

    Settings settings() {
        return settings;
    }

    /** What the coders can do. */
    MessageShape.Coders shapes() {
        return shapes;
    }

    /** Where the messages of a new session go. */
    Sinks sinks() {
        return sinks;
    }

    /** What frames may be. */
    Limits frames() {
        return frames;
    }

    /** What may wait for a peer. */
    SendLimits queue() {
        return queue;
    }

    /** The facts themselves, or equal ones of another session; those with a principal are always their own. */
    SessionFacts share(SessionFacts facts) {
        return facts.principal() == null ? recent.same(facts) : facts;
    }

    /** When pings are due. */
    KeepAlive.Times pings() {
        return pings;
    }

    /** The shortest of the times after which a peer counts as dead or is pinged, 0 for none. */
    long shortestTimeoutMillis() {
        return shortestTimeoutMillis;
    }
}
