package dev.ferrule.container.session;

import dev.ferrule.container.endpoint.MessageShape;
import dev.ferrule.container.receive.HandlerShapes;
import dev.ferrule.container.receive.MessageSink;
import dev.ferrule.container.send.Sender;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.extension.FrameTransform;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with one peer, as the API shows it. What it does happens in its {@link SessionLink}.
 *
 * <p>Threading: any thread, at any time. After the end, sends fail with {@link java.io.IOException}, handlers can no longer
 * be added, and everything else still answers.
 */
public final class FerruleSession implements Session {
    private final WebSocketContainer container;
    private final SessionFacts facts;
    private final SessionLink link;
    private final ContainerServices services;
    private final UserProperties userProperties;
    private final long sendTimeoutMillis;
    private volatile int textLimit;
    private volatile int binaryLimit;
    private volatile long idleTimeoutMillis;
    private volatile long activeAt = System.nanoTime();
    private volatile @Nullable Thread closing;
    private volatile boolean closed;

    /** Drawn when somebody asks, and then always the same object: there are programs that compare it by identity. */
    private volatile @Nullable String id;

    /**
     * A session whose transport has yet to open: hand {@link #listener()} to it.
     *
     * @param container what {@link #getContainer()} answers; its defaults become the session's limits where the endpoint
     *     has none of its own
     * @param config the configuration as this connection sees it, whose user properties the session copies
     * @param transforms the state of the negotiated extensions; the session closes them
     */
    public FerruleSession(
            ContainerServices services,
            WebSocketContainer container,
            Role role,
            SessionFacts facts,
            SessionEndpoint endpoint,
            EndpointConfig config,
            List<FrameTransform> transforms) {
        this.services = services;
        this.container = container;
        this.facts = endpoint.logical().share(facts);
        Settings settings = endpoint.settings();
        boolean ownLimit = settings.isOwn(Keys.MAX_MESSAGE);
        this.textLimit = ownLimit ? settings.get(Keys.MAX_MESSAGE) : container.getDefaultMaxTextMessageBufferSize();
        this.binaryLimit = ownLimit ? settings.get(Keys.MAX_MESSAGE) : container.getDefaultMaxBinaryMessageBufferSize();
        this.idleTimeoutMillis = settings.isOwn(Keys.IDLE_TIMEOUT)
                ? settings.get(Keys.IDLE_TIMEOUT).toMillis()
                : container.getDefaultMaxSessionIdleTimeout();
        this.sendTimeoutMillis = container.getDefaultAsyncSendTimeout();
        this.userProperties = UserProperties.of(config);
        this.link = new SessionLink(this, endpoint, services, config, role, transforms);
    }

    /** What the transport talks to. */
    public ConnectionListener listener() {
        return link;
    }

    /** Completes when {@code onOpen} has returned, exceptionally when the transport had no connection any more. */
    public CompletionStage<Void> opened() {
        return link.opened();
    }

    /** Whether the application or the container closed the session, and not the peer or a fault. */
    public boolean endedHere() {
        return link.endedHere();
    }

    /** Why the session ended, as {@code onClose} was told. Meant for when it has. */
    public CloseReason endReason() {
        return link.finalReason();
    }

    SessionLink link() {
        return link;
    }

    Object endpointKey() {
        return link.endpoint().key();
    }

    long sendTimeoutMillis() {
        return sendTimeoutMillis;
    }

    long textLimit() {
        return textLimit > 0 ? textLimit : Integer.MAX_VALUE;
    }

    long binaryLimit() {
        return binaryLimit > 0 ? binaryLimit : Integer.MAX_VALUE;
    }

    /** Something of the application went in or out. */
    void active() {
        if (idleTimeoutMillis > 0) {
            activeAt = System.nanoTime();
        }
    }

    /** Whether the application lets messages be compressed just now. */
    boolean mayCompress() {
        return userProperties.get(Sender.COMPRESS) != Boolean.FALSE;
    }

    boolean isIdle(long now) {
        return idleTimeoutMillis > 0 && now - activeAt > TimeUnit.MILLISECONDS.toNanos(idleTimeoutMillis);
    }

    /** The close callback begins on this thread. */
    void enterClose() {
        closing = Thread.currentThread();
    }

    /** The close callback has returned. */
    void closed() {
        closed = true;
        closing = null;
    }

    @Override
    public WebSocketContainer getContainer() {
        return container;
    }

    @Override
    public void addMessageHandler(MessageHandler handler) {
        add(handler, HandlerShapes.of(handler, link.endpoint().shapes()));
    }

    @Override
    public <T> void addMessageHandler(Class<T> type, MessageHandler.Whole<T> handler) {
        add(handler, HandlerShapes.whole(type, link.endpoint().shapes()));
    }

    @Override
    public <T> void addMessageHandler(Class<T> type, MessageHandler.Partial<T> handler) {
        add(handler, HandlerShapes.partial(type));
    }

    @SuppressWarnings("unchecked")
    private void add(MessageHandler handler, List<MessageShape> shapes) {
        if (closed) {
            throw new IllegalStateException("The session " + getId() + " is closed: a handler would never be called");
        }
        MessageSink.Target target = handler instanceof MessageHandler.Whole<?> whole
                ? (session, message, last) -> ((MessageHandler.Whole<Object>) whole).onMessage(message)
                : (session, message, last) -> ((MessageHandler.Partial<Object>) handler).onMessage(message, last);
        List<MessageSink> sinks = new ArrayList<>();
        for (MessageShape shape : shapes) {
            sinks.add(new MessageSink(shape, -1, handler, target));
        }
        link.addSinks(sinks);
    }

    @Override
    public Set<MessageHandler> getMessageHandlers() {
        return link.sinks().handlers();
    }

    @Override
    public void removeMessageHandler(MessageHandler handler) {
        link.removeSinks(handler);
    }

    @Override
    public String getProtocolVersion() {
        return "13";
    }

    @Override
    public String getNegotiatedSubprotocol() {
        return facts.subprotocol();
    }

    @Override
    public List<Extension> getNegotiatedExtensions() {
        return facts.extensions();
    }

    @Override
    public boolean isSecure() {
        return facts.secure();
    }

    /** True until {@code onClose} has returned; false already for the thread that is in {@code onClose}. */
    @Override
    public boolean isOpen() {
        return !closed && closing != Thread.currentThread();
    }

    @Override
    public long getMaxIdleTimeout() {
        return idleTimeoutMillis;
    }

    @Override
    public void setMaxIdleTimeout(long milliseconds) {
        activeAt = System.nanoTime();
        idleTimeoutMillis = milliseconds;
        services.expect(this, milliseconds);
    }

    @Override
    public void setMaxBinaryMessageBufferSize(int length) {
        binaryLimit = length;
    }

    @Override
    public int getMaxBinaryMessageBufferSize() {
        return binaryLimit;
    }

    @Override
    public void setMaxTextMessageBufferSize(int length) {
        textLimit = length;
    }

    @Override
    public int getMaxTextMessageBufferSize() {
        return textLimit;
    }

    @Override
    public RemoteEndpoint.Async getAsyncRemote() {
        return link.sender().async(sendTimeoutMillis);
    }

    @Override
    public RemoteEndpoint.Basic getBasicRemote() {
        return link.sender().basic();
    }

    @Override
    public String getId() {
        String known = id;
        return known == null ? drawId() : known;
    }

    private String drawId() {
        synchronized (link) {
            String drawn = id == null ? services.newSessionId() : id;
            id = drawn;
            return drawn;
        }
    }

    @Override
    public void close() {
        close(new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, null));
    }

    @Override
    public void close(@Nullable CloseReason closeReason) {
        if (closeReason == null) {
            throw new IllegalArgumentException("The reason for closing the session is null");
        }
        link.closeHere(closeReason);
    }

    @Override
    public URI getRequestURI() {
        return facts.requestUri();
    }

    @Override
    public Map<String, List<String>> getRequestParameterMap() {
        return facts.requestParameters();
    }

    @Override
    public @Nullable String getQueryString() {
        return getRequestURI().getRawQuery();
    }

    @Override
    public Map<String, String> getPathParameters() {
        return facts.pathParameters();
    }

    @Override
    public Map<String, Object> getUserProperties() {
        return userProperties.map();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return facts.principal();
    }

    @Override
    public Set<Session> getOpenSessions() {
        return services.openSessions(endpointKey());
    }

    @Override
    public String toString() {
        return "Session " + getId() + " of " + link.endpoint().name();
    }
}
