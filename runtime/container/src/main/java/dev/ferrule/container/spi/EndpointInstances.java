package dev.ferrule.container.spi;

import org.jspecify.annotations.Nullable;

/**
 * Where every object that belongs to the application comes from: endpoints, encoders, decoders, configurators and
 * application configurations. Without dependency injection this is reflection; a CDI extension gives beans.
 *
 * <p>Threading: called concurrently, on callback threads and on the thread that deploys.
 */
public interface EndpointInstances {
    /**
     * An instance of an application class.
     *
     * @throws InstanceCreationException when it cannot be made; the message names the class and the reason
     */
    <T> InstanceHandle<T> obtain(Class<T> type);

    /**
     * Why instances of this class can never be obtained, or null when nothing is known to stand in the way: asked at
     * deployment, so that a class without a usable constructor is reported there.
     */
    default @Nullable String obstacle(Class<?> type) {
        return null;
    }
}
