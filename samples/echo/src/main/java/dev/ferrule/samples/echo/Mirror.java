package dev.ferrule.samples.echo;

import jakarta.enterprise.context.Dependent;
import java.nio.ByteBuffer;

/**
 * Gives back what it is given: the bean that is injected into {@link Echo}. Dependent, and so called without a client proxy: with
 * CDI and without, the same code runs for a message, and what is measured of CDI is what the container does.
 */
@Dependent
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
