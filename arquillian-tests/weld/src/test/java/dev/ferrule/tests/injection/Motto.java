package dev.ferrule.tests.injection;

import jakarta.enterprise.context.ApplicationScoped;

/** What all the others get injected. */
@ApplicationScoped
public class Motto {
    String text() {
        return "festina lente";
    }
}
