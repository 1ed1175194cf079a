package dev.ferrule.cdi.guard;

import dev.ferrule.cdi.security.HandshakeAuthenticator;
import dev.ferrule.container.spi.Caller;
import dev.ferrule.container.spi.HandshakeFacts;
import dev.ferrule.container.spi.HandshakeGuard;
import dev.ferrule.container.spi.HandshakeVerdict;
import dev.ferrule.container.spi.OpeningHandshake;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a peer is: the application's authenticators know, or the host. Whom the host knows has the roles that the
 * endpoint's annotations name and the host affirms; the host can be asked for others only while the handshake goes on.
 */
public final class HandshakeSecurity implements HandshakeGuard {
    private final List<HandshakeAuthenticator> authenticators;
    private final AccessRules rules;

    /** The security of one deployment. */
    public HandshakeSecurity(List<HandshakeAuthenticator> authenticators, AccessRules rules) {
        this.authenticators = authenticators;
        this.rules = rules;
    }

    @Override
    public HandshakeVerdict judge(OpeningHandshake handshake) {
        HandshakeFacts request = Objects.requireNonNull(handshake.request());
        for (HandshakeAuthenticator authenticator : authenticators) {
            HandshakeVerdict verdict = authenticator.authenticate(request);
            if (!verdict.equals(HandshakeVerdict.anonymous())) {
                return verdict;
            }
        }
        Caller known = knownToHost(handshake.endpointClass(), request);
        return known == null ? HandshakeVerdict.anonymous() : HandshakeVerdict.admitted(known);
    }

    private @Nullable Caller knownToHost(Class<?> endpoint, HandshakeFacts request) {
        Principal principal = request.getUserPrincipal();
        return principal == null
                ? null
                : new Caller(
                        principal,
                        rules.roles(endpoint).stream()
                                .filter(request::isUserInRole)
                                .collect(Collectors.toSet()));
    }

    /** Whether the peer may connect, now that it is known. */
    public HandshakeVerdict authorize(OpeningHandshake handshake) {
        HandshakeFacts request = Objects.requireNonNull(handshake.request());
        Access access = rules.of(handshake.endpointClass());
        if (access.allows(request)) {
            return HandshakeVerdict.anonymous();
        }
        boolean canProve = access.dependsOnCaller() && request.getUserPrincipal() == null && !authenticators.isEmpty();
        return canProve
                ? HandshakeVerdict.unauthorized(authenticators.stream()
                        .map(HandshakeAuthenticator::challenge)
                        .toList())
                : HandshakeVerdict.refused(403, "You may not connect here");
    }
}
