package dev.ferrule.tests.security;

import dev.ferrule.cdi.event.Handshaking;
import dev.ferrule.cdi.event.OfEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Observers of handshakes see who the peer is. */
@ApplicationScoped
public class Bouncer {
    void look(@Observes @OfEndpoint(Club.Known.class) Handshaking event) {
        if (event.request().getUserPrincipal().getName().equals("droid")
                && event.request().isUserInRole("machine")) {
            event.veto().refuse(418, "No machines");
        }
    }
}
