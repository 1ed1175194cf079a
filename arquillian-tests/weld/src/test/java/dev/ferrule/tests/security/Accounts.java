package dev.ferrule.tests.security;

import dev.ferrule.cdi.security.BasicAuthenticator;
import dev.ferrule.container.spi.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Users and passwords. */
@ApplicationScoped
public class Accounts extends BasicAuthenticator {
    private static final Map<String, Caller> USERS = Map.of(
            "alice:wonderland", Caller.named("alice", "member", "admin"), "böb:straße", Caller.named("böb", "member"));

    public Accounts() {
        super("the \"club\"");
    }

    @Override
    protected Caller authenticate(String user, String password) {
        return USERS.get(user + ":" + password);
    }
}
