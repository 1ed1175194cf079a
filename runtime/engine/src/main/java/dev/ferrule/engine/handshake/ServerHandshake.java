package dev.ferrule.engine.handshake;

import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.HeaderScanner;
import dev.ferrule.engine.extension.HeaderSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that may open a WebSocket connection, seen by the server (RFC 6455 §4.2): what it asks for and how to say
 * yes. Immutable.
 */
public final class ServerHandshake {
    static final String VERSION = "13";

    private final String key;
    private final List<String> subprotocols;
    private final List<ExtensionOffer> extensions;

    private ServerHandshake(String key, List<String> subprotocols, List<ExtensionOffer> extensions) {
        this.key = key;
        this.subprotocols = List.copyOf(subprotocols);
        this.extensions = List.copyOf(extensions);
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
        requireNoBody(request);
        if (Headers.all(request.headers(), "Host").size() != 1) {
            throw new HandshakeRefusal(400, "The request must have one Host header (RFC 6455 §4.2.1)");
        }
        requireUpgrade(request);
        requireVersion(request);
        List<String> keys = Headers.all(request.headers(), "Sec-WebSocket-Key");
        if (keys.size() != 1 || !AcceptKey.isKey(HeaderScanner.trimmed(keys.get(0)))) {
            throw new HandshakeRefusal(
                    400, "The request must have one Sec-WebSocket-Key: 16 bytes in base64 (RFC 6455 §4.2.1)");
        }
        return new ServerHandshake(HeaderScanner.trimmed(keys.get(0)), subprotocolsOf(request), extensionsOf(request));
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
     * @return a modifiable map of the caller's own
     */
    public Map<String, List<String>> responseHeaders(@Nullable String subprotocol, List<ExtensionOffer> agreed) {
        Map<String, List<String>> headers = Headers.modifiableCopyOf(Map.of(
                "Upgrade", List.of("websocket"),
                "Connection", List.of("Upgrade"),
                "Sec-WebSocket-Accept", List.of(AcceptKey.of(key))));
        if (subprotocol != null) {
            if (!HeaderScanner.isToken(subprotocol)) {
                throw new IllegalArgumentException("The subprotocol is no token of RFC 9110 §5.6.2");
            }
            headers.put("Sec-WebSocket-Protocol", new ArrayList<>(List.of(subprotocol)));
        }
        if (!agreed.isEmpty()) {
            headers.put("Sec-WebSocket-Extensions", new ArrayList<>(List.of(ExtensionOffer.print(agreed))));
        }
        return headers;
    }

    /** A body would be taken for frames, or the frames for a body: the two ends must not be able to differ on that. */
    private static void requireNoBody(RequestHead request) throws HandshakeRefusal {
        boolean none = Headers.all(request.headers(), "Transfer-Encoding").isEmpty();
        for (String length : Headers.all(request.headers(), "Content-Length")) {
            none &= HeaderScanner.trimmed(length).equals("0");
        }
        if (!none) {
            throw new HandshakeRefusal(400, "An opening handshake has no body");
        }
    }

    private static void requireUpgrade(RequestHead request) throws HandshakeRefusal {
        if (!Headers.containsToken(request.headers(), "Upgrade", "websocket")) {
            throw new HandshakeRefusal(
                    426,
                    "This resource speaks WebSocket only: the request must have the header Upgrade: websocket",
                    Map.of("Upgrade", List.of("websocket"), "Connection", List.of("Upgrade")));
        }
        if (!Headers.containsToken(request.headers(), "Connection", "upgrade")) {
            throw new HandshakeRefusal(400, "The request must have the header Connection: Upgrade (RFC 6455 §4.2.1)");
        }
    }

    private static void requireVersion(RequestHead request) throws HandshakeRefusal {
        List<String> versions = Headers.all(request.headers(), "Sec-WebSocket-Version");
        if (versions.size() != 1 || !HeaderScanner.trimmed(versions.get(0)).equals(VERSION)) {
            throw new HandshakeRefusal(
                    426,
                    "The request must have one Sec-WebSocket-Version: 13 (RFC 6455 §4.2.2)",
                    Map.of(
                            "Sec-WebSocket-Version", List.of(VERSION),
                            "Upgrade", List.of("websocket"),
                            "Connection", List.of("Upgrade")));
        }
    }

    private static List<String> subprotocolsOf(RequestHead request) throws HandshakeRefusal {
        try {
            List<String> tokens = HeaderScanner.tokens(Headers.all(request.headers(), "Sec-WebSocket-Protocol"));
            return new ArrayList<>(new LinkedHashSet<>(tokens));
        } catch (HeaderSyntaxException e) {
            throw new HandshakeRefusal(400, "Sec-WebSocket-Protocol: " + e.getMessage());
        }
    }

    private static List<ExtensionOffer> extensionsOf(RequestHead request) throws HandshakeRefusal {
        try {
            return ExtensionOffer.parse(Headers.all(request.headers(), "Sec-WebSocket-Extensions"));
        } catch (HeaderSyntaxException e) {
            throw new HandshakeRefusal(400, "Sec-WebSocket-Extensions: " + e.getMessage());
        }
    }
}
