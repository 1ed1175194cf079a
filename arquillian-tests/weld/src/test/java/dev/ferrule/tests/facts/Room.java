package dev.ferrule.tests.facts;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.cdi.PathParameter;
import jakarta.inject.Inject;

/** A bean of the connection, made for its path. */
@ConnectionScoped
public class Room {
    private final String name;
    private final int table;

    /** For the client proxy. */
    Room() {
        this("", 0);
    }

    @Inject
    Room(@PathParameter("room") String name, @PathParameter("table") int table) {
        this.name = name;
        this.table = table;
    }

    String describe() {
        return name + " " + (table + 1);
    }
}
