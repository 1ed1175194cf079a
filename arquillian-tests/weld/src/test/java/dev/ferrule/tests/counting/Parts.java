package dev.ferrule.tests.counting;

import dev.ferrule.cdi.ConnectionScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Decoder;

/** What a connection is made of. */
final class Parts {
    private Parts() {}

    /** One for each endpoint, coder and bean that injects it. */
    @Dependent
    public static class Part extends Counted {
        @Override
        Class<?> kind() {
            return Part.class;
        }
    }

    /** One for each connection. */
    @ConnectionScoped
    public static class PerConnection extends Counted {
        @Inject
        Part part;

        @Override
        Class<?> kind() {
            return PerConnection.class;
        }

        void use() {}
    }

    /** One for each message. */
    @RequestScoped
    public static class PerMessage extends Counted {
        @Override
        Class<?> kind() {
            return PerMessage.class;
        }

        void use() {}
    }

    /** A message. */
    public record Word(String text) {}

    /** No bean by annotation, but injected all the same. */
    public static class WordDecoder extends Counted implements Decoder.Text<Word> {
        @Inject
        Part part;

        @Override
        Class<?> kind() {
            return WordDecoder.class;
        }

        @Override
        public Word decode(String text) {
            return new Word(text);
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }
    }
}
