package dev.ferrule.tests.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.cdi.Handshake;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.se.SeContainer;
import java.security.Principal;
import org.junit.jupiter.api.Test;

/** A principal without a qualifier is the connection's, unless the application has one. */
class PrincipalsTest {
    @Test
    void thePlainPrincipalIsTheConnectionsWhereNobodyElseHasOne() {
        try (SeContainer cdi = Containers.of(InMemory.class).initialize()) {
            Principal plain = cdi.select(Principal.class).get();
            assertThatThrownBy(plain::getName).isInstanceOf(ContextNotActiveException.class);
        }
    }

    @Test
    void anApplicationsOwnPrincipalStaysUnambiguous() {
        try (SeContainer cdi = Containers.of(OwnPrincipal.class, InMemory.class).initialize()) {
            assertThat(cdi.select(Principal.class).get().getName()).isEqualTo("the application's");
            Principal qualified =
                    cdi.select(Principal.class, Handshake.Literal.INSTANCE).get();
            assertThatThrownBy(qualified::getName).isInstanceOf(ContextNotActiveException.class);
        }
    }
}
