package dev.ferrule.container.endpoint;

import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a callback may want.
 *
 * @param session the session
 * @param config the endpoint's configuration, for {@code onOpen}
 * @param message the message or part, for {@code onMessage}
 * @param last whether the part is the last of its message
 * @param reason why the session ended, for {@code onClose}
 * @param error what failed, for {@code onError}
 * @param pathParameters the values of the path's variables
 */
public record Arguments(
        Session session,
        @Nullable EndpointConfig config,
        @Nullable Object message,
        boolean last,
        @Nullable CloseReason reason,
        @Nullable Throwable error,
        Map<String, String> pathParameters) {

    static Arguments open(Session session, EndpointConfig config, Map<String, String> path) {
        return new Arguments(session, config, null, true, null, null, path);
    }

    static Arguments message(Session session, Object message, boolean last, Map<String, String> path) {
        return new Arguments(session, null, message, last, null, null, path);
    }

    static Arguments close(Session session, CloseReason reason, Map<String, String> path) {
        return new Arguments(session, null, null, true, reason, null, path);
    }

    static Arguments error(Session session, Throwable error, Map<String, String> path) {
        return new Arguments(session, null, null, true, null, error, path);
    }
}
