package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.PlainResponse;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the transport adds to the fields of a plain response, so that its end can be found (RFC 9112 §6). */
final class PlainAnswer {
    /** RFC 9110 §5.6.7; the JDK's own formatter writes days below ten with one digit. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private PlainAnswer() {}

    /** Whether a response of this status has a body at all. */
    static boolean mayHaveBody(int status) {
        return status >= 200 && status != 204 && status != 304;
    }

    /**
     * The fields to send.
     *
     * @param withBody whether the body follows, which it does not after {@code HEAD}
     * @param persistent whether the connection goes on
     */
    static Map<String, List<String>> fields(PlainResponse response, boolean withBody, boolean persistent) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(response.head().headers());
        fields.remove("Transfer-Encoding"); // the body is sent as it is
        List<String> length = List.of(Integer.toString(response.body().length));
        if (!mayHaveBody(response.head().status())) {
            fields.remove("Content-Length");
        } else if (withBody) {
            fields.put("Content-Length", length);
        } else {
            fields.putIfAbsent("Content-Length", length);
        }
        fields.putIfAbsent("Date", List.of(HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC))));
        if (!persistent) {
            List<String> connection = new ArrayList<>(fields.getOrDefault("Connection", List.of()));
            connection.add("close");
            fields.put("Connection", connection);
        }
        return fields;
    }
}
