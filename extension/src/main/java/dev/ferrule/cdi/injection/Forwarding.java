package dev.ferrule.cdi.injection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** Objects that pass every call on to whatever is there at the time. */
final class Forwarding {
    private Forwarding() {}

    /**
     * Such an object.
     *
     * @param type the interface that it implements
     * @param target asked at every call; what it throws, the caller gets
     */
    static <T> T to(Class<T> type, Supplier<? extends T> target) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object real = target.get();
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause() == null ? thrown : thrown.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
