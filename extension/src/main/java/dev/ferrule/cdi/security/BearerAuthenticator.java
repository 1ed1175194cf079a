package dev.ferrule.cdi.security;

import dev.ferrule.container.spi.Caller;
import dev.ferrule.container.spi.HandshakeFacts;
import dev.ferrule.container.spi.HandshakeVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens, such as JSON Web Tokens, in the header {@code Authorization: Bearer ...} (RFC 6750). A page in a browser cannot set that
 * header for a WebSocket: override {@link #token} to take the token from where it can, such as a cookie or a subprotocol.
 */
public abstract class BearerAuthenticator implements HandshakeAuthenticator {
    private static final String SCHEME = "Bearer";

    private final String realm;

    /** @param realm what the tokens are for */
    protected BearerAuthenticator(String realm) {
        this.realm = Authorization.quoted(realm);
    }

    /** The caller with this token, or null when it is wrong or has expired. */
    protected abstract @Nullable Caller authenticate(String token);

    /** The token of a request, or null without one. */
    protected @Nullable String token(HandshakeFacts request) {
        return Authorization.of(request, SCHEME);
    }

    @Override
    public HandshakeVerdict authenticate(HandshakeFacts request) {
        String token = token(request);
        if (token == null) {
            return HandshakeVerdict.anonymous();
        }
        Caller caller = authenticate(token);
        return caller == null
                ? HandshakeVerdict.unauthorized(List.of(challenge() + ", error=\"invalid_token\""))
                : HandshakeVerdict.admitted(caller);
    }

    @Override
    public String challenge() {
        return SCHEME + " realm=" + realm;
    }
}
