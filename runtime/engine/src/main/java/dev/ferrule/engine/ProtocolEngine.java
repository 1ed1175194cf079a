package dev.ferrule.engine;

import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.extension.FrameTransform;
import dev.ferrule.engine.extension.TransformChain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 6455 for one connection, from the first byte after the opening handshake: no thread, no clock, no log, no I/O.
 *
 * <p>Threads: {@link #inbound} belongs to the one that reads, {@link #outbound} to the one that writes, at the same time
 * if need be; {@link #closing} is for all. The halves share nothing else. Memory: nothing is held between messages but
 * what an extension keeps, which {@link #close} gives back.
 */
public final class ProtocolEngine implements AutoCloseable {
    private final CloseHandshake closing = new CloseHandshake();
    /** Null without extensions, and once they have given back what they held. */
    private @Nullable TransformChain transforms;

    private final InboundHalf inbound;
    private final OutboundHalf outbound;

    /**
     * @param transforms the state of the agreed extensions, in the order of the server's answer; the engine closes them
     * @throws IllegalArgumentException when two of them own the same reserved bit
     */
    public ProtocolEngine(Role role, Limits limits, List<FrameTransform> transforms, InboundHandler handler) {
        TransformChain chain = TransformChain.of(transforms);
        this.transforms = chain;
        this.inbound = new InboundHalf(role, limits, chain, handler, closing);
        this.outbound = new OutboundHalf(role, chain, closing);
    }

    /** What arrives; for the reading thread only. */
    public InboundHalf inbound() {
        return inbound;
    }

    /** What is sent; for the writer only. */
    public OutboundHalf outbound() {
        return outbound;
    }

    /** The closing handshake; for any thread. */
    public CloseHandshake closing() {
        return closing;
    }

    /**
     * Gives back what extensions hold: once the connection is over and its close frame, if any, is encoded. Any thread,
     * any number of times. A half that is at work just then drops what it was doing.
     */
    @Override
    public void close() {
        TransformChain held = takeTransforms();
        if (held != null) {
            held.close();
        }
    }

    private synchronized @Nullable TransformChain takeTransforms() {
        TransformChain held = transforms;
        transforms = null;
        return held;
    }
}
