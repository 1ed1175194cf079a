package dev.ferrule.container.spi;

import dev.ferrule.engine.handshake.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Answers plain HTTP requests that are for no endpoint: head in, response out. Found by {@link java.util.ServiceLoader};
 * the first that answers wins. Static resources are one implementation.
 *
 * <p>Threading: called on a callback thread, where it may block; concurrently for different requests.
 */
public interface HttpFallback {
    /** The answer, or null when this request is not for this fallback. What it throws is answered with 500 and logged. */
    @Nullable
    PlainResponse answer(RequestHead request);
}
