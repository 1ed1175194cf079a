package dev.ferrule.tests.validation.elsewhere;

import jakarta.websocket.OnMessage;

/** Its callback can be overridden in this package only. */
public abstract class Neighbour {
    @OnMessage
    String on(String text) {
        return text;
    }

    /** Opens it to the others. */
    public abstract static class Open extends Neighbour {
        @Override
        @OnMessage
        protected String on(String text) {
            return "open to " + text;
        }
    }
}
