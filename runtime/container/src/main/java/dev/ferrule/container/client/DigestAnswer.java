package dev.ferrule.container.client;

import dev.ferrule.container.connect.Credentials;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answer to a Digest challenge (RFC 7616 §3.4): MD5 or SHA-256, also as {@code -sess}, with {@code qop=auth}. */
final class DigestAnswer {
    private final Challenge challenge;
    private final MessageDigest hash;
    private final String algorithm;
    private final Charset charset;

    /** How many requests were answered with the challenge's nonce. */
    private int answers;

    /** The client's nonce of the first answer, which the secret of a session is made with (RFC 7616 §3.4.2). */
    private @Nullable String firstCnonce;

    private DigestAnswer(Challenge challenge, MessageDigest hash, String algorithm) {
        this.challenge = challenge;
        this.hash = hash;
        this.algorithm = algorithm;
        this.charset = "UTF-8".equalsIgnoreCase(challenge.parameter("charset"))
                ? StandardCharsets.UTF_8
                : StandardCharsets.ISO_8859_1;
    }

    /** What can answer the challenge, or null when we cannot. */
    static @Nullable DigestAnswer to(Challenge challenge) {
        String named = challenge.parameter("algorithm");
        String algorithm = named == null ? "MD5" : named;
        String hash = algorithm.toUpperCase(Locale.ROOT);
        if (hash.endsWith("-SESS")) {
            hash = hash.substring(0, hash.length() - "-SESS".length());
        }
        boolean known = hash.equals("MD5") || hash.equals("SHA-256");
        if (!known || !offersAuth(challenge) || challenge.parameter("realm") == null) {
            return null;
        }
        try {
            return challenge.parameter("nonce") == null
                    ? null
                    : new DigestAnswer(challenge, MessageDigest.getInstance(hash), algorithm);
        } catch (NoSuchAlgorithmException forbidden) {
            return null; // MD5, where a policy of the JVM forbids it
        }
    }

    private static boolean offersAuth(Challenge challenge) {
        String offered = challenge.parameter("qop");
        if (offered != null) {
            for (String quality : offered.split(",", -1)) {
                if (quality.strip().equalsIgnoreCase("auth")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether it is stronger than MD5. */
    boolean isStrong() {
        return !hash.getAlgorithm().equals("MD5");
    }

    /**
     * The value of {@code Authorization} for the next request with this challenge's nonce.
     *
     * @param target the request target as it stands in the request line
     * @param cnonce random, of the client's choice
     */
    String answer(Credentials credentials, String method, String target, String cnonce) {
        String realm = value("realm");
        String nonce = value("nonce");
        answers++;
        firstCnonce = firstCnonce == null ? cnonce : firstCnonce;
        String secret = hash(credentials.user() + ":" + realm + ":" + credentials.password());
        if (algorithm.toUpperCase(Locale.ROOT).endsWith("-SESS")) {
            secret = hash(secret + ":" + nonce + ":" + firstCnonce);
        }
        String count = HexFormat.of().toHexDigits(answers);
        String response =
                hash(secret + ":" + nonce + ":" + count + ":" + cnonce + ":auth:" + hash(method + ":" + target));
        StringBuilder text = new StringBuilder("Digest ");
        text.append(user(credentials.user(), realm));
        text.append(", realm=").append(quote(realm));
        text.append(", nonce=").append(quote(nonce));
        text.append(", uri=").append(quote(target));
        if (challenge.parameter("algorithm") != null) {
            text.append(", algorithm=").append(algorithm);
        }
        text.append(", qop=auth, nc=").append(count);
        text.append(", cnonce=").append(quote(cnonce));
        text.append(", response=").append(quote(response));
        if (challenge.parameter("opaque") != null) {
            text.append(", opaque=").append(quote(value("opaque")));
        }
        return text.toString();
    }

    private String user(String user, String realm) {
        if ("true".equalsIgnoreCase(challenge.parameter("userhash"))) {
            return "username=" + quote(hash(user + ":" + realm)) + ", userhash=true";
        }
        if (user.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return "username=" + quote(user);
        }
        StringBuilder extended = new StringBuilder("username*=UTF-8''"); // RFC 8187 §3.2
        for (byte octet : user.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= '0' && octet <= '9'
                    || octet >= 'a' && octet <= 'z'
                    || octet >= 'A' && octet <= 'Z'
                    || "-._~".indexOf(octet) >= 0;
            extended.append(plain ? Character.toString(octet) : String.format(Locale.ROOT, "%%%02X", octet));
        }
        return extended.toString();
    }

    private String hash(String text) {
        return HexFormat.of().formatHex(hash.digest(text.getBytes(charset)));
    }

    private String value(String name) {
        String value = challenge.parameter(name);
        return value == null ? "" : value;
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
