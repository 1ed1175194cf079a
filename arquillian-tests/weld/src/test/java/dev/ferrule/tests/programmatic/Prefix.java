package dev.ferrule.tests.programmatic;

import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Prefix {
    String text() {
        return "> ";
    }
}
