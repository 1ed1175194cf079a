package dev.ferrule.json;

import jakarta.json.bind.Jsonb;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import java.lang.reflect.Type;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects of one type from JSON texts. Whatever a peer sends, the only exception is a {@link DecodeException}: its
 * message names the type and the reason, with the position where the parser knows one; it and the text it carries are bounded.
 *
 * <p>Threading: stateless, any thread.
 */
final class JsonDecoder implements Decoder.Text<Object> {
    /** What is kept of the offending text, and of each reason: enough to recognize it, too little to flood a log. */
    private static final int MAX_EXCERPT = 256;

    private final Type type;
    private final Supplier<Jsonb> jsonb;

    JsonDecoder(Type type, Supplier<Jsonb> jsonb) {
        this.type = type;
        this.jsonb = jsonb;
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }

    @Override
    public Object decode(String text) throws DecodeException {
        String problem = JsonText.problemOf(text);
        if (problem != null) {
            throw refused(text, problem, null);
        }
        Jsonb binding = jsonb.get();
        @Nullable Object made;
        try {
            made = binding.fromJson(text, type);
        } catch (RuntimeException | StackOverflowError failure) {
            // JSON-B promises JsonbException, but parsers, creators and adapters throw others.
            throw refused(text, reason(failure), failure);
        }
        if (made == null) {
            throw refused(text, "null is no message", null);
        }
        return made;
    }

    private DecodeException refused(String text, String reason, @Nullable Throwable cause) {
        String message = "The text message is no JSON for " + type.getTypeName() + ": " + reason;
        return new DecodeException(excerpt(text), message, cause != null && isShort(cause) ? cause : null);
    }

    /** What the failure and its causes say, without what each repeats of its cause. */
    private static String reason(Throwable failure) {
        StringBuilder reason = new StringBuilder();
        for (Throwable link = failure; link != null && reason.length() < 2 * MAX_EXCERPT; link = link.getCause()) {
            String message = link.getMessage();
            String said = message == null ? "" : excerpt(message.replace("Internal error: ", ""));
            if (!said.isEmpty() && !said.equals("null") && reason.indexOf(said) < 0) {
                reason.append(reason.length() == 0 ? "" : ": ").append(said);
            }
        }
        return reason.length() == 0 ? "it has another shape" : reason.toString();
    }

    /** Whether the failure may be logged with its causes: their messages may quote the whole text. */
    private static boolean isShort(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link.getMessage() != null && link.getMessage().length() > 4 * MAX_EXCERPT) {
                return false;
            }
        }
        return true;
    }

    private static String excerpt(String text) {
        return text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT) + "…";
    }
}
