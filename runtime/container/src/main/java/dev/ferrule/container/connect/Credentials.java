package dev.ferrule.container.connect;

import java.util.Objects;

/**
 * A name and a password, for Basic (RFC 7617) and Digest (RFC 7616) authentication. They are used when a server or proxy asks
 * for them: by Digest, which does not reveal the password, when it is offered, else by Basic.
 *
 * @param user the name
 * @param password the password
 * @param preemptive whether to send them by Basic with the first request, before anybody has asked
 */
public record Credentials(String user, String password, boolean preemptive) {
    /**
     * Credentials that can be sent.
     *
     * @throws IllegalArgumentException when one has a control character
     */
    public Credentials {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (hasControl(user) || hasControl(password)) {
            throw new IllegalArgumentException(
                    "Neither a user's name nor a password may have control characters (RFC 7617 §2)");
        }
    }

    /** Credentials that are sent when they are asked for. */
    public static Credentials of(String user, String password) {
        return new Credentials(user, password, false);
    }

    /** The same, sent with the first request already: saves a round trip where Basic is known to be wanted. */
    public Credentials preemptively() {
        return new Credentials(user, password, true);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** The name only. */
    @Override
    public String toString() {
        return "Credentials of " + user;
    }
}
