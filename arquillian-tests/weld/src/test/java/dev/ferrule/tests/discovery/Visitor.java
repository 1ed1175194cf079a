package dev.ferrule.tests.discovery;

import jakarta.websocket.ClientEndpoint;
import java.util.concurrent.atomic.AtomicInteger;

/** A client, which only connects when somebody asks it to. */
@ClientEndpoint
public class Visitor {
    static final AtomicInteger MADE = new AtomicInteger();

    public Visitor() {
        MADE.incrementAndGet();
    }
}
