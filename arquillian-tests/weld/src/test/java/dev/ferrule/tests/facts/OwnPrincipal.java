package dev.ferrule.tests.facts;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.security.Principal;

/** An application that has a principal of its own. */
@Dependent
public class OwnPrincipal {
    @Produces
    Principal principal() {
        return () -> "the application's";
    }
}
