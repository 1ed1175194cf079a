package dev.ferrule.container.spi;

import dev.ferrule.engine.handshake.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to a plain HTTP request.
 *
 * @param head status and header fields
 * @param body the body, empty for none; not to be changed after it was handed over
 */
public record PlainResponse(ResponseHead head, byte[] body) {
    /** A short answer for people, as plain text. */
    public static PlainResponse text(int status, String text) {
        return new PlainResponse(
                new ResponseHead(status, Map.of("Content-Type", List.of("text/plain; charset=utf-8"))),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** As this one, with more header fields. */
    public PlainResponse with(Map<String, List<String>> more) {
        Map<String, List<String>> headers = new LinkedHashMap<>(head.headers());
        headers.putAll(more);
        return new PlainResponse(new ResponseHead(head.status(), headers), body);
    }
}
