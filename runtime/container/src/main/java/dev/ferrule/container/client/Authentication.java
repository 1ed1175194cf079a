package dev.ferrule.container.client;

import dev.ferrule.container.connect.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers one party's demands for credentials during one attempt: with the strongest scheme offered that we know, once, and
 * once more when the answer was only out of date. Confined to one attempt.
 */
final class Authentication {
    /** So that a server cannot choose what we hash; 16 bytes are never drawn twice. */
    private static final int CNONCE_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final @Nullable Credentials credentials;
    private boolean basic;
    private @Nullable DigestAnswer digest;
    private boolean renewed;

    /** @param credentials null when there are none for this party */
    Authentication(@Nullable Credentials credentials) {
        this.credentials = credentials;
        this.basic = credentials != null && credentials.preemptive();
    }

    /** Whether there is anything to answer with. */
    boolean hasCredentials() {
        return credentials != null;
    }

    /** The field's value for the next request, or null to send none. */
    @Nullable
    String answer(String method, String target) {
        Credentials known = credentials;
        DigestAnswer chosen = digest;
        if (known == null || (!basic && chosen == null)) {
            return null;
        }
        if (chosen != null) {
            byte[] cnonce = new byte[CNONCE_BYTES];
            RANDOM.nextBytes(cnonce);
            return chosen.answer(known, method, target, HexFormat.of().formatHex(cnonce));
        }
        byte[] pair = (known.user() + ":" + known.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /**
     * Takes note of a demand.
     *
     * @param fields the values of {@code WWW-Authenticate} or {@code Proxy-Authenticate}
     * @return null when another request has a chance, else why it has none, in words that follow others
     */
    @Nullable
    String demand(List<String> fields) {
        Credentials known = credentials;
        if (known == null) {
            return "it asks for credentials, and there are none for it";
        }
        Challenge stale = null;
        DigestAnswer best = null;
        boolean wantsBasic = false;
        for (Challenge challenge : Challenge.parse(fields)) {
            DigestAnswer answer = challenge.scheme().equals("digest") ? DigestAnswer.to(challenge) : null;
            if (answer != null && (best == null || (answer.isStrong() && !best.isStrong()))) {
                best = answer;
                stale = "true".equalsIgnoreCase(challenge.parameter("stale")) ? challenge : null;
            }
            wantsBasic |= challenge.scheme().equals("basic");
        }
        if (best != null && (digest == null || (stale != null && !renewed))) {
            renewed = digest != null;
            digest = best;
            return null;
        }
        if (best == null && wantsBasic && !basic && digest == null) {
            basic = true;
            return known.user().indexOf(':') < 0
                    ? null
                    : "it wants Basic authentication, which cannot carry a user's name with a colon (RFC 7617 §2)";
        }
        return basic || digest != null
                ? "it does not accept the credentials of user '" + known.user() + "'"
                : "it asks for credentials, but neither by Basic nor by Digest with MD5 or SHA-256 and qop=auth";
    }
}
