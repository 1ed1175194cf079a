package dev.ferrule.tests.events;

import dev.ferrule.cdi.event.Connected;
import dev.ferrule.cdi.event.Disconnected;
import dev.ferrule.cdi.event.Failed;
import dev.ferrule.cdi.event.Handshaking;
import dev.ferrule.cdi.event.OfEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

/** Watches the connections of one endpoint. */
@ApplicationScoped
public class Critic {
    @Inject
    Story story;

    @Inject
    Ticket ticket;

    void handshaking(@Observes @OfEndpoint(Stage.class) Handshaking event) {
        story.add("handshaking " + ticket.play());
        switch (ticket.play()) {
            case "banned" -> event.veto().refuse(451, "This play is banned");
            case "fault" -> throw new IllegalStateException("handshaking");
            default -> {}
        }
    }

    void connected(@Observes @OfEndpoint(Stage.class) Connected event) {
        story.add("connected " + ticket.play() + " " + event.session().isOpen());
        throwFor("careless", "connected");
    }

    void failed(@Observes @OfEndpoint(Stage.class) Failed event) {
        story.add("failed: " + event.error().getMessage());
        throwFor("careless", "failed");
    }

    void disconnected(@Observes @OfEndpoint(Stage.class) Disconnected event) {
        story.add("disconnected " + ticket.play() + " "
                + event.reason().getCloseCode().getCode() + " "
                + event.session().isOpen());
        throwFor("careless", "disconnected");
    }

    void later(@ObservesAsync @OfEndpoint(Stage.class) Disconnected event) {
        story.add("later " + ticket.play());
    }

    private void throwFor(String play, String where) {
        if (ticket.play().equals(play)) {
            throw new IllegalStateException(where);
        }
    }
}
