package dev.ferrule.tests.instances;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.websocket.Encoder;

/** An encoder that is no bean in annotated discovery; one per connection. */
public class Shout implements Encoder.Text<Shout.Word> {
    /** What is shouted. */
    public record Word(String text) {}

    @Inject
    Census census;

    @Inject
    Companion companion;

    @PostConstruct
    void born() {
        census.endpointsBorn().incrementAndGet();
    }

    @Override
    public String encode(Word word) {
        return word.text() + "!";
    }

    @PreDestroy
    void dead() {
        census.endpointsDead().incrementAndGet();
    }
}
