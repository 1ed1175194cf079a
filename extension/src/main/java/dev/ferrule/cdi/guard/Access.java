package dev.ferrule.cdi.guard;

import dev.ferrule.container.spi.HandshakeFacts;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.spi.Annotated;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do something.
 *
 * @param roles one of these is required; of nobody, when it is empty; null, when everybody may
 */
record Access(@Nullable Set<String> roles) {
    /** Nobody is kept out. */
    static final Access EVERYBODY = new Access(null);

    /** Anybody who is known. */
    private static final String ANYBODY_KNOWN = "**";

    /** What annotations say, or null when they say nothing. */
    static @Nullable Access of(Annotated annotated) {
        if (annotated.isAnnotationPresent(DenyAll.class)) {
            return new Access(Set.of());
        }
        RolesAllowed allowed = annotated.getAnnotation(RolesAllowed.class);
        if (allowed != null) {
            return new Access(Set.copyOf(List.of(allowed.value())));
        }
        return annotated.isAnnotationPresent(PermitAll.class) ? EVERYBODY : null;
    }

    /** Whether annotations contradict one another. */
    static boolean isAmbiguous(Annotated annotated) {
        int count = 0;
        count += annotated.isAnnotationPresent(DenyAll.class) ? 1 : 0;
        count += annotated.isAnnotationPresent(RolesAllowed.class) ? 1 : 0;
        count += annotated.isAnnotationPresent(PermitAll.class) ? 1 : 0;
        return count > 1;
    }

    /** Whether it depends on who the peer is. */
    boolean dependsOnCaller() {
        return roles != null && !roles.isEmpty();
    }

    boolean allows(HandshakeFacts request) {
        return roles == null
                || (request.getUserPrincipal() != null
                        && roles.stream().anyMatch(role -> role.equals(ANYBODY_KNOWN) || request.isUserInRole(role)));
    }
}
