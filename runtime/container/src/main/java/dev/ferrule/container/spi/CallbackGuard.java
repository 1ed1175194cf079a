package dev.ferrule.container.spi;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What is checked before the callbacks of annotated endpoints are called: who calls, and with what. Asked once for each method,
 * when its class is deployed or connected.
 */
@FunctionalInterface
public interface CallbackGuard {
    /** Checks nothing. */
    CallbackGuard NONE = (endpoint, callback) -> null;

    /**
     * The check of a method, or null when there is nothing to check.
     *
     * @param endpoint the endpoint's class
     * @param callback one of its callbacks, its own or inherited
     */
    @Nullable
    Check checkOf(Class<?> endpoint, Method callback);

    /** Comes after decoding and before the call, in the contexts of the call. Threading: called concurrently. */
    interface Check {
        /**
         * Throws what the error method gets instead of a call.
         *
         * @param endpoint the instance
         * @param arguments what the method would be called with
         */
        void check(Object endpoint, @Nullable Object[] arguments) throws Exception;
    }
}
