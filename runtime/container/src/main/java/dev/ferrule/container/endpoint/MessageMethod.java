package dev.ferrule.container.endpoint;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * An {@code @OnMessage} method for one kind of message.
 *
 * @param callback the method
 * @param shape which messages, in which form
 * @param maxMessageBytes the method's own limit for whole messages, or -1 when it has none (WSC-4.7.1-1)
 */
public record MessageMethod(CallbackMethod callback, MessageShape shape, long maxMessageBytes) {
    /** The type whose encoder serves the method's result, or null when it returns nothing. */
    public @Nullable Type returnType() {
        Type type = callback.returnType();
        return type == void.class || type == Void.class ? null : type;
    }
}
