package dev.ferrule.engine.handshake;

import dev.ferrule.engine.api.HandshakeFailure;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.HeaderScanner;
import dev.ferrule.engine.extension.HeaderSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One opening handshake, seen by the client (RFC 6455 §4.1): what to ask and how to read the answer. Immutable. */
public final class ClientHandshake {
    private final String host;
    private final List<String> subprotocols;
    private final List<ExtensionOffer> offers;
    private final String key = AcceptKey.newKey();

    /**
     * @param hostHeader the value of {@code Host}: the port only when it is not the scheme's
     * @param target the request target in origin form, percent-encoded
     * @param subprotocols what this client speaks, the most wanted first
     * @param offers the extensions it offers, the most wanted first
     * @throws IllegalArgumentException when one of them cannot stand in a request; nothing has been sent then
     */
    public ClientHandshake(String hostHeader, String target, List<String> subprotocols, List<ExtensionOffer> offers) {
        this.host = hostHeader;
        this.subprotocols = List.copyOf(subprotocols);
        this.offers = List.copyOf(offers);
        HeaderRules.requireValue("Host", hostHeader);
        requireTarget(target);
        Set<String> seen = new HashSet<>();
        for (String subprotocol : subprotocols) {
            if (!HeaderScanner.isToken(subprotocol) || !seen.add(subprotocol)) {
                throw new IllegalArgumentException(
                        "A subprotocol is a token and is named once (RFC 6455 §4.1), but one of " + subprotocols.size()
                                + " is empty, repeated, or has a separator, a space or a character beyond ASCII");
            }
        }
    }

    /** The header fields of the request; a modifiable map of the caller's own. */
    public Map<String, List<String>> requestHeaders() {
        Map<String, List<String>> headers = Headers.modifiableCopyOf(Map.of(
                "Host", List.of(host),
                "Upgrade", List.of("websocket"),
                "Connection", List.of("Upgrade"),
                "Sec-WebSocket-Key", List.of(key),
                "Sec-WebSocket-Version", List.of(ServerHandshake.VERSION)));
        if (!subprotocols.isEmpty()) {
            headers.put("Sec-WebSocket-Protocol", new ArrayList<>(List.of(String.join(", ", subprotocols))));
        }
        if (!offers.isEmpty()) {
            headers.put("Sec-WebSocket-Extensions", new ArrayList<>(List.of(ExtensionOffer.print(offers))));
        }
        return headers;
    }

    /** The extensions that it offers. */
    public List<ExtensionOffer> offers() {
        return offers;
    }

    /** The value of {@code Sec-WebSocket-Key}. */
    public String key() {
        return key;
    }

    /**
     * What the server chose.
     *
     * @param subprotocol one of those asked for, or null
     * @param extensions its answers, each to an offer, in the order in which they work
     */
    public record Result(@Nullable String subprotocol, List<ExtensionOffer> extensions) {
        public Result {
            extensions = List.copyOf(extensions);
        }
    }

    /** Reads the server's answer; redirects and demands for credentials are the caller's, before this. */
    public Result check(ResponseHead response) throws HandshakeFailure {
        if (response.status() != 101) {
            throw new HandshakeFailure(
                    "The server answered with status " + response.status() + " instead of 101 Switching Protocols");
        }
        String upgrade = single(response, "Upgrade");
        if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
            throw new HandshakeFailure("The answer must have the header Upgrade: websocket, once");
        }
        if (!Headers.contain(Headers.all(response.headers(), "Connection"), "upgrade")) {
            throw new HandshakeFailure("The answer must have the header Connection: Upgrade");
        }
        if (!AcceptKey.of(key).equals(single(response, "Sec-WebSocket-Accept"))) {
            throw new HandshakeFailure("Sec-WebSocket-Accept does not prove that the server has read the request");
        }
        return new Result(subprotocolOf(response), extensionsOf(response));
    }

    private @Nullable String subprotocolOf(ResponseHead response) throws HandshakeFailure {
        if (Headers.all(response.headers(), "Sec-WebSocket-Protocol").isEmpty()) {
            return null;
        }
        String chosen = single(response, "Sec-WebSocket-Protocol");
        if (chosen == null || !subprotocols.contains(chosen)) {
            throw new HandshakeFailure(
                    "Sec-WebSocket-Protocol of the answer must be one of those that were asked for: " + subprotocols);
        }
        return chosen;
    }

    private List<ExtensionOffer> extensionsOf(ResponseHead response) throws HandshakeFailure {
        List<ExtensionOffer> answers;
        try {
            answers = ExtensionOffer.parse(Headers.all(response.headers(), "Sec-WebSocket-Extensions"));
        } catch (HeaderSyntaxException e) {
            throw new HandshakeFailure("Sec-WebSocket-Extensions: " + e.getMessage());
        }
        Set<String> offered = new HashSet<>();
        offers.forEach(offer -> offered.add(offer.name()));
        for (ExtensionOffer answer : answers) {
            if (!offered.remove(answer.name())) {
                throw new HandshakeFailure("The server answered with the extension " + answer.name()
                        + ", which was not offered, or answered with it twice");
            }
        }
        return answers;
    }

    /** The value of a header that stands there exactly once, else null. */
    private static @Nullable String single(ResponseHead response, String name) {
        List<String> values = Headers.all(response.headers(), name);
        return values.size() == 1 ? HeaderScanner.trimmed(values.get(0)) : null;
    }

    private static void requireTarget(String target) {
        boolean valid = target.startsWith("/");
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            valid &= c > ' ' && c <= '~' && c != '#';
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "The request target must begin with / and be percent-encoded, without spaces or a fragment");
        }
    }
}
