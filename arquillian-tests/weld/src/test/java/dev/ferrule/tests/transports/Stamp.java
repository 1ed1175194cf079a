package dev.ferrule.tests.transports;

import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Stamp {
    String on(String text) {
        return text + " (stamped)";
    }
}
