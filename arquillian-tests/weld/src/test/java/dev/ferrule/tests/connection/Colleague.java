package dev.ferrule.tests.connection;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Another bean of the connection. */
@Dependent
public class Colleague {
    @Inject
    ByConnection endpoint;

    String report() {
        return "messages: " + endpoint.messages();
    }
}
