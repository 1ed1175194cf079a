package dev.ferrule.tests.events;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.cdi.PathParameter;
import jakarta.inject.Inject;

/** A bean of the connection, which observers see, too. */
@ConnectionScoped
public class Ticket {
    @Inject
    @PathParameter("play")
    String play;

    String play() {
        return play;
    }
}
