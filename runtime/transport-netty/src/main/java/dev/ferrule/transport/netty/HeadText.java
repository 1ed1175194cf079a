package dev.ferrule.transport.netty;

import dev.ferrule.engine.handshake.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The grammar of heads (RFC 9110 §5, RFC 9112 §2 to §5), for writing them and for judging single fields. What comes from the
 * application is checked before the first byte is written, so that no value can smuggle in a line of its own.
 */
final class HeadText {
    /** The characters of a token besides letters and digits (RFC 9110 §5.6.2). */
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /** What a head of a line and five fields takes. */
    private static final int USUAL_TEXTS = 22;

    private static final String UPGRADED = "HTTP/1.1 101 Switching Protocols\r\n";

    private HeadText() {}

    /** Whether the text is a token: not empty, and of the characters that names and methods are made of. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * Refuses fields that cannot be written.
     *
     * @throws IllegalArgumentException when a name is no token or a value has control characters or does not fit ISO 8859-1
     */
    static void check(Map<String, List<String>> fields) {
        bytes("", fields);
    }

    private static void check(String name, List<String> values) {
        if (!isToken(name)) {
            throw new IllegalArgumentException("\"" + visible(name) + "\" is not the name of a header field");
        }
        for (String value : values) {
            if (!isWritable(value)) {
                throw new IllegalArgumentException(
                        "The header field " + name + " has a value that cannot be sent: \"" + visible(value) + "\"");
            }
        }
    }

    private static boolean isWritable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.chars()
                .forEach(c -> visible.append(
                        c < ' ' || c > '~' ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c)));
        return visible.toString();
    }

    /**
     * Refuses a request head that cannot be written.
     *
     * @throws IllegalArgumentException when method, target or a field would break the head
     */
    static void check(RequestHead head) {
        boolean line = isToken(head.method())
                && !head.target().isEmpty()
                && head.target().chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!line) {
            throw new IllegalArgumentException(
                    "\"" + visible(head.method() + " " + head.target()) + "\" cannot begin an HTTP request");
        }
        check(head.headers());
    }

    /** A request head as bytes. */
    static ByteBuf request(RequestHead head) {
        return Unpooled.wrappedBuffer(bytes(head.method() + " " + head.target() + " HTTP/1.1\r\n", head.headers()));
    }

    /**
     * A response head as bytes.
     *
     * @throws IllegalArgumentException as {@link #check(Map)}
     */
    static byte[] response(int status, Map<String, List<String>> fields) {
        String line = status == 101 ? UPGRADED : "HTTP/1.1 " + status + " " + reason(status) + "\r\n";
        return bytes(line, fields);
    }

    private static byte[] bytes(String line, Map<String, List<String>> fields) {
        List<String> texts = new ArrayList<>(USUAL_TEXTS);
        texts.add(line);
        for (Map.Entry<String, List<String>> field : fields.entrySet()) {
            String name = field.getKey();
            check(name, field.getValue());
            for (String value : field.getValue()) {
                Collections.addAll(texts, name, ": ", value, "\r\n");
            }
        }
        texts.add("\r\n");
        return joined(texts);
    }

    /** Texts one after the other, of characters that fit a byte. */
    private static byte[] joined(List<String> texts) {
        int length = 0;
        for (String text : texts) {
            length += text.length();
        }
        byte[] bytes = new byte[length];
        int next = 0;
        for (String text : texts) {
            for (int i = 0; i < text.length(); i++) {
                bytes[next++] = (byte) text.charAt(i);
            }
        }
        return bytes;
    }

    /** For people with a network trace; programs read the number. */
    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 426 -> "Upgrade Required";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "";
        };
    }
}
