package dev.ferrule.container.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether an opening handshake goes on. */
public sealed interface HandshakeVerdict {
    /**
     * It goes on.
     *
     * @param caller who the peer has proved to be, or null: nobody, or whom the host knows
     */
    record Admitted(@Nullable Caller caller) implements HandshakeVerdict {}

    /**
     * It ends here.
     *
     * @param response the answer, with a status of 300 to 599
     */
    record Refused(PlainResponse response) implements HandshakeVerdict {}

    /** It goes on, and the peer is nobody in particular. */
    static HandshakeVerdict anonymous() {
        return new Admitted(null);
    }

    /** It goes on, with this caller. */
    static HandshakeVerdict admitted(Caller caller) {
        return new Admitted(caller);
    }

    /** It ends with a status from 300 to 599 and a reason for people, which the peer reads in the body. */
    static HandshakeVerdict refused(int status, String reason) {
        return new Refused(PlainResponse.text(status, reason));
    }

    /** It ends with 401: credentials are missing or wrong. The challenges tell which are wanted (RFC 9110 §11.6.1). */
    static HandshakeVerdict unauthorized(List<String> challenges) {
        PlainResponse text = PlainResponse.text(401, "Credentials are needed to connect here");
        return new Refused(text.with(Map.of("WWW-Authenticate", challenges)));
    }
}
