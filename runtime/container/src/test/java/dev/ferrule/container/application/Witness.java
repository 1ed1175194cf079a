package dev.ferrule.container.application;

import dev.ferrule.container.Stage;

/** Tells where it is called, and whether the thread's class loader is then the one that the application has. */
final class Witness {
    private Witness() {}

    static void at(String place) {
        ClassLoader current = Thread.currentThread().getContextClassLoader();
        Stage.see(place + " " + (current == Witness.class.getClassLoader()));
    }
}
