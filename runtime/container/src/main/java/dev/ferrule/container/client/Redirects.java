package dev.ferrule.container.client;

import dev.ferrule.engine.handshake.ResponseHead;
import jakarta.websocket.DeploymentException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where redirects lead (RFC 9110 §15.4): at most so far, never in a circle, and never from {@code wss} to {@code ws}. Confined
 * to one attempt.
 */
final class Redirects {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private final int most;
    private final Set<String> seen = new HashSet<>();

    Redirects(int most) {
        this.most = most;
    }

    /** Whether the answer leads elsewhere and that may be followed at all. */
    boolean leads(ResponseHead response) {
        return most > 0 && STATUSES.contains(response.status());
    }

    /**
     * The next place.
     *
     * @throws DeploymentException when it cannot or must not be followed; the message says why, and follows the words that
     *     name the attempt
     */
    Target next(Target from, ResponseHead response) throws DeploymentException {
        List<String> locations = response.headers().getOrDefault("Location", List.of());
        if (locations.size() != 1 || locations.get(0).isBlank()) {
            throw new DeploymentException("the redirect has no single Location to follow");
        }
        Target next = resolve(from, locations.get(0));
        if (from.secure() && !next.secure()) {
            throw new DeploymentException("the redirect to " + next.uri() + " would give up TLS");
        }
        seen.add(from.origin() + from.resource());
        if (seen.contains(next.origin() + next.resource())) {
            throw new DeploymentException("the redirect to " + next.uri() + " leads in a circle");
        }
        if (seen.size() > most) {
            throw new DeploymentException("there are more than " + most + " redirects (ferrule.client.redirects)");
        }
        return next;
    }

    private static Target resolve(Target from, String location) throws DeploymentException {
        URI resolved;
        try {
            int fragment = location.indexOf('#');
            String plain = fragment < 0 ? location : location.substring(0, fragment);
            URI base = from.asHttp();
            // URI.resolve drops the last segment of the path before a lone query, which RFC 3986 §5.2.2 keeps.
            resolved = base.resolve(plain.startsWith("?") ? base.getRawPath() + plain : plain);
            String rest = resolved.getRawSchemeSpecificPart();
            resolved = URI.create(
                    switch (String.valueOf(resolved.getScheme()).toLowerCase(Locale.ROOT)) {
                        case "http", "ws" -> "ws:" + rest;
                        case "https", "wss" -> "wss:" + rest;
                        default -> throw new IllegalArgumentException("its scheme is none of http, https, ws and wss");
                    });
        } catch (IllegalArgumentException wrong) {
            throw new DeploymentException("the redirect's Location cannot be followed: " + wrong.getMessage(), wrong);
        }
        return Target.of(resolved);
    }
}
