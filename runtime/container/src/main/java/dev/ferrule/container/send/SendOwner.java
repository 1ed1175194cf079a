package dev.ferrule.container.send;

import dev.ferrule.container.settings.OverflowPolicy;
import dev.ferrule.engine.CloseHandshake;
import java.util.concurrent.Executor;

/** The session, as far as its queue must tell it something; as an executor it runs result handlers of the application. */
public interface SendOwner extends Executor {
    /** For messages to people: which session this is. */
    String describe();

    /** For messages to people: why nothing can be sent any more. */
    String whyClosed();

    /** The application sends something: the session is not idle. */
    void active();

    /** Something may have to be failed in so many milliseconds: {@link SendQueue#timeOut} is to be called soon after. */
    void expect(long millis);

    /** Whether the application lets messages be compressed just now. */
    boolean mayCompress();

    /** What a callback returned could not be written after all, and the callback is over. */
    void returnedIsLost(Throwable failure);

    /**
     * Something was refused that must not be missing: a message under the policy {@link OverflowPolicy#CLOSE}, or a part of a
     * message that has begun, which would never end. The session is to be closed with 1013.
     */
    void overflow();

    /** The socket has taken the close frame. */
    void closeFrameSent(CloseHandshake.Outcome outcome);

    /** A frame could not be encoded or written, and half of it may be out: the connection is to be cut. */
    void sendingFailed(Throwable cause);
}
