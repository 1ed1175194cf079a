package dev.ferrule.testkit;

import java.time.Duration;

/**
 * Something that should come.
 *
 * @param <T> what it is as a Java object
 */
@FunctionalInterface
public interface Expectation<T> {
    /**
     * Waits for it, no longer than this.
     *
     * @throws AssertionError when something else comes first, or nothing, or the connection ends; the message tells which
     */
    T within(Duration patience);
}
