package dev.ferrule.tests.security;

import dev.ferrule.cdi.security.BearerAuthenticator;
import dev.ferrule.container.spi.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/** Tokens of machines. */
@ApplicationScoped
public class Tokens extends BearerAuthenticator {
    public Tokens() {
        super("machines");
    }

    @Override
    protected Caller authenticate(String token) {
        return token.equals("r2d2") ? Caller.named("droid", "machine") : null;
    }
}
