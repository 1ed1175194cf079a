package dev.ferrule.engine.handshake;

import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.HeaderScanner;
import dev.ferrule.engine.extension.HeaderSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that may open a WebSocket connection, seen by the server (RFC 6455 §4.2): what it asks for and how to say
 * yes. Immutable.
 */
public final class ServerHandshake {
    static final String VERSION = "13";

    private static final List<String> UPGRADE = List.of("Upgrade", "websocket", "Connection", "Upgrade");

    private final String host;
    private final String key;
    private final List<String> subprotocols;
    private final List<ExtensionOffer> extensions;

    private ServerHandshake(String host, String key, List<String> subprotocols, List<ExtensionOffer> extensions) {
        this.host = host;
        this.key = key;
        this.subprotocols = subprotocols;
        this.extensions = extensions;
    }

    /** The fields that an opening handshake is judged by. */
    private enum Field {
        HOST("Host"),
        UPGRADE("Upgrade"),
        CONNECTION("Connection"),
        VERSION("Sec-WebSocket-Version"),
        KEY("Sec-WebSocket-Key"),
        SUBPROTOCOLS("Sec-WebSocket-Protocol"),
        EXTENSIONS("Sec-WebSocket-Extensions"),
        CONTENT_LENGTH("Content-Length"),
        TRANSFER_ENCODING("Transfer-Encoding");

        /** What they are called, in their order. */
        private static final List<String> HEADERS =
                Stream.of(values()).map(field -> field.header).toList();

        /** Those that must name an upgrade to WebSocket. */
        private static final List<Field> UPGRADING = List.of(UPGRADE, CONNECTION);

        private final String header;

        Field(String header) {
            this.header = header;
        }
    }

    /**
     * Checks everything that RFC 6455 §4.2.1 asks of a request but its origin, which is policy.
     *
     * @throws HandshakeRefusal with the answer to give instead; the connection must be closed after it
     */
    public static ServerHandshake examine(RequestHead request) throws HandshakeRefusal {
        if (!"GET".equals(request.method())) {
            throw new HandshakeRefusal(
                    405, "An opening handshake is a GET request (RFC 6455 §4.1)", Map.of("Allow", List.of("GET")));
        }
        List<List<String>> seen = request.values(Field.HEADERS);
        requireNoBody(seen);
        @Nullable String[] single = singles(seen);
        String host = single[Field.HOST.ordinal()];
        if (host == null) {
            throw new HandshakeRefusal(400, "The request must have one Host header (RFC 6455 §4.2.1)");
        }
        requireUpgrade(seen);
        if (!VERSION.equals(single[Field.VERSION.ordinal()])) {
            throw new HandshakeRefusal(
                    426,
                    "The request must have one Sec-WebSocket-Version: 13 (RFC 6455 §4.2.2)",
                    Map.of(
                            "Sec-WebSocket-Version", List.of(VERSION),
                            "Upgrade", List.of("websocket"),
                            "Connection", List.of("Upgrade")));
        }
        String key = single[Field.KEY.ordinal()];
        if (key == null || !AcceptKey.isKey(key)) {
            throw new HandshakeRefusal(
                    400, "The request must have one Sec-WebSocket-Key: 16 bytes in base64 (RFC 6455 §4.2.1)");
        }
        return new ServerHandshake(
                host, key, subprotocols(all(seen, Field.SUBPROTOCOLS)), extensions(all(seen, Field.EXTENSIONS)));
    }

    /** The value of the {@code Host} header, which may be no host and port. */
    public String host() {
        return host;
    }

    /** The subprotocols that the client speaks, the most wanted first, each once. */
    public List<String> subprotocols() {
        return subprotocols;
    }

    /** The extensions that the client offers, the most wanted first. */
    public List<ExtensionOffer> extensions() {
        return extensions;
    }

    /**
     * The header fields of the answer with status 101.
     *
     * @param subprotocol the chosen one, or null
     * @param agreed the answers to the accepted offers, in the order in which they work
     * @return an unmodifiable map
     */
    public Map<String, List<String>> responseHeaders(@Nullable String subprotocol, List<ExtensionOffer> agreed) {
        List<String> fields = new ArrayList<>(10);
        fields.addAll(UPGRADE);
        fields.add("Sec-WebSocket-Accept");
        fields.add(AcceptKey.of(key));
        if (subprotocol != null) {
            if (!HeaderScanner.isToken(subprotocol)) {
                throw new IllegalArgumentException("The subprotocol is no token of RFC 9110 §5.6.2");
            }
            fields.add("Sec-WebSocket-Protocol");
            fields.add(subprotocol);
        }
        if (!agreed.isEmpty()) {
            fields.add("Sec-WebSocket-Extensions");
            fields.add(ExtensionOffer.print(agreed));
        }
        return Fields.inTurn(fields);
    }

    private static List<String> all(List<List<String>> seen, Field field) {
        return seen.get(field.ordinal());
    }

    /** For each field its value without spaces around it when it is there once, else null: one loop, which the JIT compiles once. */
    private static @Nullable String[] singles(List<List<String>> seen) {
        @Nullable String[] singles = new String[seen.size()];
        for (int i = 0; i < singles.length; i++) {
            List<String> values = seen.get(i);
            singles[i] = values.size() == 1 ? HeaderScanner.trimmed(values.get(0)) : null;
        }
        return singles;
    }

    /** A body would be taken for frames, or the frames for a body: the two ends must not be able to differ on that. */
    private static void requireNoBody(List<List<String>> seen) throws HandshakeRefusal {
        boolean none = all(seen, Field.TRANSFER_ENCODING).isEmpty();
        for (String length : all(seen, Field.CONTENT_LENGTH)) {
            none &= HeaderScanner.trimmed(length).equals("0");
        }
        if (!none) {
            throw new HandshakeRefusal(400, "An opening handshake has no body");
        }
    }

    private static void requireUpgrade(List<List<String>> seen) throws HandshakeRefusal {
        for (Field field : Field.UPGRADING) {
            if (!Headers.contain(all(seen, field), field == Field.UPGRADE ? "websocket" : "upgrade")) {
                throw noUpgrade(field);
            }
        }
    }

    private static HandshakeRefusal noUpgrade(Field field) {
        return field == Field.CONNECTION
                ? new HandshakeRefusal(400, "The request must have the header Connection: Upgrade (RFC 6455 §4.2.1)")
                : new HandshakeRefusal(
                        426,
                        "This resource speaks WebSocket only: the request must have the header Upgrade: websocket",
                        Map.of("Upgrade", List.of("websocket"), "Connection", List.of("Upgrade")));
    }

    private static List<String> subprotocols(List<String> values) throws HandshakeRefusal {
        if (values.isEmpty()) {
            return List.of();
        }
        try {
            return List.copyOf(new LinkedHashSet<>(HeaderScanner.tokens(values)));
        } catch (HeaderSyntaxException e) {
            throw new HandshakeRefusal(400, "Sec-WebSocket-Protocol: " + e.getMessage());
        }
    }

    private static List<ExtensionOffer> extensions(List<String> values) throws HandshakeRefusal {
        try {
            return values.isEmpty() ? List.of() : List.copyOf(ExtensionOffer.parse(values));
        } catch (HeaderSyntaxException e) {
            throw new HandshakeRefusal(400, "Sec-WebSocket-Extensions: " + e.getMessage());
        }
    }
}
