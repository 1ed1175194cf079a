package dev.ferrule.container.receive;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.endpoint.MessageMethod;

/** The session that a message came to, as far as its sink must know it. */
public interface Receiver {
    /** The connection's coders. */
    SessionCoders coders();

    /** Calls a message method of the connection's endpoint. */
    void call(MessageMethod method, Object message, boolean last) throws Throwable;
}
