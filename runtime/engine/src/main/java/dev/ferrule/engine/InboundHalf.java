package dev.ferrule.engine;

import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.close.CloseCodes;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.extension.FrameTransform;
import dev.ferrule.engine.frame.FrameReader;
import dev.ferrule.engine.frame.Opcode;
import dev.ferrule.engine.message.FrameRules;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What arrives: bytes in, calls of the {@link InboundHandler} out. Frames become messages and control frames here, under the rules
 * that need to know more than one frame. Confined to the thread that reads the connection.
 *
 * <p>{@link #receive} consumes until the buffer is empty or the handler withdraws demand, which it may do in any of its
 * methods; what is unread stays in the buffer and must come again, in front of what arrived since. Whatever fails is
 * told once by {@link InboundHandler#onViolation}; after that, after a close frame and after the end of input all that
 * arrives is dropped. The half owns no timer and keeps no reference to the buffer.
 */
public final class InboundHalf extends FrameReader {
    private final InboundHandler handler;
    private final CloseHandshake closing;
    private final Limits limits;
    private final @Nullable FrameTransform transform;

    private boolean demand = true;

    /** After a close frame, a violation or the end of input: what arrives is dropped. */
    private boolean ended;

    private Opcode opcode = Opcode.CONTINUATION;
    private Opcode type = Opcode.CONTINUATION;
    private boolean fin;

    /** The type of the message whose last frame is still to come; null between messages. */
    private @Nullable Opcode inProgress;

    private int fragments;
    private boolean transformed;
    private @Nullable InboundMessage message;
    private @Nullable ByteBuffer control;

    InboundHalf(
            Role role,
            Limits limits,
            @Nullable FrameTransform transform,
            InboundHandler handler,
            CloseHandshake closing) {
        super(role);
        this.handler = handler;
        this.closing = closing;
        this.limits = limits;
        this.transform = transform;
    }

    /**
     * Takes in bytes.
     *
     * @param bytes lent for the call; frames are unmasked where they lie
     * @return false when the handler withdrew its demand: nothing is read until {@link #renewDemand}
     */
    public boolean receive(ByteBuffer bytes) {
        try {
            boolean goOn = read(bytes);
            if (!ended) {
                return goOn;
            }
        } catch (ProtocolViolation violation) {
            fail(violation);
        } catch (Throwable unexpected) {
            fail(ProtocolViolation.unexpected(unexpected));
        }
        bytes.position(bytes.limit());
        return true;
    }

    /** Stops reading after the present call of the handler; only from within one. */
    public void withdrawDemand() {
        demand = false;
    }

    /** Lets reading go on with the next {@link #receive}, whose buffer may be empty: something may be held inside. */
    public void renewDemand() {
        demand = true;
    }

    /** The input has ended: nothing comes any more. */
    public CloseHandshake.Outcome receiveEof() {
        ended = true;
        return closing.inputEnded();
    }

    /** Visible here for the tests of this package. */
    @Override
    protected long steps() {
        return super.steps();
    }

    private void fail(ProtocolViolation violation) {
        ended = true;
        if (!closing.isOver()) {
            handler.onViolation(violation, closing.failed());
        }
    }

    private void closed(ClosePayload payload) {
        ended = true;
        handler.onClose(payload, closing.closeReceived());
    }

    @Override
    protected boolean wantsMore() {
        return demand && !ended;
    }

    @Override
    protected void header(Opcode next, boolean last, int rsv) throws ProtocolViolation {
        boolean first = !next.isControl() && next != Opcode.CONTINUATION;
        int owned = first && transform != null ? transform.rsvBits() : 0;
        if ((rsv & ~owned) != 0) {
            throw new ProtocolViolation(
                    CloseCodes.PROTOCOL_ERROR, "A reserved bit is set that no extension owns", "RFC 6455 §5.2");
        }
        type = FrameRules.type(inProgress, next);
        opcode = next;
        fin = last;
        if (!next.isControl()) {
            inProgress = last ? null : type;
        }
        if (first) {
            fragments = 0;
            transformed = transform != null && transform.beginInbound(next, rsv);
        }
    }

    @Override
    protected void length(long bytes) throws ProtocolViolation {
        if (opcode.isControl()) {
            if (opcode == Opcode.CLOSE && bytes == 1) {
                throw ClosePayload.ofOneByte();
            }
            control = ByteBuffer.allocate((int) bytes);
            return;
        }
        if (bytes > limits.maxFrameBytes()) {
            throw exceeded(CloseCodes.TOO_BIG, "A frame has more than " + limits.maxFrameBytes() + " bytes");
        }
        fragments++;
        if (fragments > limits.maxFragments()) {
            throw exceeded(CloseCodes.POLICY_VIOLATION, "A message has more than " + limits.maxFragments() + " frames");
        }
        if (opcode != Opcode.CONTINUATION) {
            beginMessage(handler.onMessageStart(opcode));
        }
        if (!transformed) {
            message().frame(bytes, fin);
        }
    }

    private void beginMessage(Delivery delivery) {
        if (message == null || message.mode() != delivery.mode()) {
            message = InboundMessage.of(delivery.mode(), handler);
        }
        message.begin(opcode, delivery.maxBytes());
    }

    @Override
    protected boolean payload(ByteBuffer chunk, boolean endOfFrame) throws ProtocolViolation {
        if (opcode.isControl()) {
            controlPayload(chunk, endOfFrame);
            return true;
        }
        boolean last = fin && endOfFrame;
        if (!last) {
            handler.onProgress();
        }
        if (transformed) {
            return unfold(Objects.requireNonNull(transform), chunk, last);
        }
        message().accept(chunk, last);
        return true;
    }

    private boolean unfold(FrameTransform transform, ByteBuffer chunk, boolean last) throws ProtocolViolation {
        boolean more = true;
        while (more && wantsMore()) {
            ByteBuffer room = message().room();
            more = transform.inbound(chunk, room, last);
            message().accept(room.flip(), last && !more);
        }
        return !more;
    }

    private void controlPayload(ByteBuffer chunk, boolean complete) throws ProtocolViolation {
        ByteBuffer payload = Objects.requireNonNull(control).put(chunk);
        if (!complete) {
            return;
        }
        payload.flip();
        control = null;
        switch (type) {
            case PING -> handler.onPing(payload);
            case PONG -> handler.onPong(payload);
            default -> closed(ClosePayload.parse(payload));
        }
    }

    private static ProtocolViolation exceeded(int closeCode, String message) {
        return new ProtocolViolation(closeCode, message, "RFC 6455 §10.4");
    }

    private InboundMessage message() {
        return Objects.requireNonNull(message);
    }
}
