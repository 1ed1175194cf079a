package dev.ferrule.container.endpoint;

import jakarta.websocket.DecodeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the value of one callback parameter comes from. */
interface Binder {
    @Nullable
    Object value(Arguments arguments) throws DecodeException;

    Binder SESSION = Arguments::session;
    Binder CONFIG = Arguments::config;
    Binder MESSAGE = Arguments::message;
    Binder LAST = Arguments::last;
    Binder REASON = Arguments::reason;
    Binder ERROR = Arguments::error;

    /** A path parameter: null when the path has no such variable (WSC-4.3-3), an error when it does not convert (WSC-4.3-6). */
    static Binder path(String name, String where, Function<String, Object> conversion) {
        return arguments -> {
            String text = arguments.pathParameters().get(name);
            if (text == null) {
                return null;
            }
            try {
                return conversion.apply(text);
            } catch (IllegalArgumentException bad) {
                throw new DecodeException(
                        text,
                        "The path parameter {" + name + "} is '" + text + "', which does not convert for " + where,
                        bad);
            }
        };
    }
}
