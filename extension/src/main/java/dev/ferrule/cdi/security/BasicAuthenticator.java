package dev.ferrule.cdi.security;

import dev.ferrule.container.spi.Caller;
import dev.ferrule.container.spi.HandshakeFacts;
import dev.ferrule.container.spi.HandshakeVerdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Users with passwords, by HTTP Basic (RFC 7617). To be used over TLS: everybody on the way reads the password else.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class Accounts extends BasicAuthenticator {
 *     public Accounts() {
 *         super("chat");
 *     }
 *
 *     @Override
 *     protected Caller authenticate(String user, String password) {
 *         return users.check(user, password) ? Caller.named(user, "member") : null;
 *     }
 * }
 * }</pre>
 */
public abstract class BasicAuthenticator implements HandshakeAuthenticator {
    private static final String SCHEME = "Basic";

    private final String realm;

    /** @param realm what the users and passwords are for; people see it */
    protected BasicAuthenticator(String realm) {
        this.realm = Authorization.quoted(realm);
    }

    /** The caller with this password, or null when it is wrong. */
    protected abstract @Nullable Caller authenticate(String user, String password);

    @Override
    public HandshakeVerdict authenticate(HandshakeFacts request) {
        String credentials = Authorization.of(request, SCHEME);
        if (credentials == null) {
            return HandshakeVerdict.anonymous();
        }
        Caller caller = check(credentials);
        return caller == null ? HandshakeVerdict.unauthorized(List.of(challenge())) : HandshakeVerdict.admitted(caller);
    }

    private @Nullable Caller check(String credentials) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
        int colon = pair.indexOf(':');
        return colon < 0 ? null : authenticate(pair.substring(0, colon), pair.substring(colon + 1));
    }

    @Override
    public String challenge() {
        return SCHEME + " realm=" + realm + ", charset=\"UTF-8\"";
    }
}
