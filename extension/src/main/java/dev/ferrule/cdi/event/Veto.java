package dev.ferrule.cdi.event;

import dev.ferrule.container.spi.HandshakeVerdict;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The right to refuse a handshake. The first refusal counts; the other observers are notified all the same. Of asynchronous
 * observers it comes too late.
 *
 * <p>Threading: any thread.
 */
public final class Veto {
    private final AtomicReference<@Nullable HandshakeVerdict> refusal = new AtomicReference<>();

    /** Nobody has refused yet. */
    public Veto() {}

    /**
     * Refuses.
     *
     * @param status the status of the answer, 300 to 599
     * @param reason for people; the peer reads it in the body
     */
    public void refuse(int status, String reason) {
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException(
                    "A handshake is refused with a status from 300 to 599, not with " + status);
        }
        refusal.compareAndSet(null, HandshakeVerdict.refused(status, reason));
    }

    /** Whether somebody has refused. */
    public boolean isRefused() {
        return refusal.get() != null;
    }

    /** The answer that the observers together give. */
    public HandshakeVerdict verdict() {
        HandshakeVerdict refused = refusal.get();
        return refused == null ? HandshakeVerdict.anonymous() : refused;
    }
}
