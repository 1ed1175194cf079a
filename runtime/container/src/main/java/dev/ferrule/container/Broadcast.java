package dev.ferrule.container;

import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Sends one object to many sessions and encodes it once for all that have the same encoders and subprotocol, however many
 * there are. From {@link FerruleServer#broadcast()}, or injected.
 *
 * <p>Threading: any thread, at any time. Does not block, unless the policy of a full queue is to block.
 */
@FunctionalInterface
public interface Broadcast {
    /**
     * Sends.
     *
     * @param message a text, bytes, or anything that the sessions' encoders take; not to be changed until it is sent
     * @param sessions who gets it; a session that is closed, or whose queue is full, fails and harms no other
     * @return completes, on a callback thread, when every session has taken the message or failed: one result for each
     *     session, in their order, with its session
     * @throws IllegalArgumentException when the message is null
     */
    CompletionStage<List<SendResult>> send(Object message, Collection<? extends Session> sessions);
}
