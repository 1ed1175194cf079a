package dev.ferrule.container.spi;

import java.security.Principal;
import java.util.Set;

/**
 * Who is on the other side of a connection.
 *
 * @param principal the identity
 * @param roles the roles that the caller has in this application
 */
public record Caller(Principal principal, Set<String> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** A caller of whom nothing is known but the name and the roles. */
    public static Caller named(String name, String... roles) {
        return new Caller(new Named(name), Set.of(roles));
    }

    private record Named(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }
}
