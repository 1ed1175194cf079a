package dev.ferrule.container.spi;

/**
 * An application object and the way to let go of it. Whoever obtained the handle releases it exactly once; releasing again
 * does nothing.
 *
 * @param <T> the type of the object
 */
public interface InstanceHandle<T> {
    /** The object; the same one at every call. */
    T instance();

    /**
     * Lets go of the object: destroys it and what depends on it when it was made for this handle, leaves it alone when it is
     * shared. Never throws; what the object's own clean-up throws is logged.
     */
    void release();
}
