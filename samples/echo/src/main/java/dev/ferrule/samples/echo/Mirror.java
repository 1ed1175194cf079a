package dev.ferrule.samples.echo;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;

/** Gives back what it is given: the bean that is injected into {@link Echo}. */
@ApplicationScoped
public class Mirror {
    /** The same text. */
    public String reflect(String text) {
        return text;
    }

    /** The same bytes. */
    public ByteBuffer reflect(ByteBuffer bytes) {
        return bytes;
    }
}
