package dev.ferrule.container;

import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.InstanceCreationException;
import dev.ferrule.container.spi.InstanceHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Application objects without dependency injection: by the constructor without parameters, a new one each time. */
final class ReflectiveInstances implements EndpointInstances {
    /** Looked up once for each class: every connection wants instances. */
    private final ClassValue<Constructor<?>> constructors = new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            return constructor(type);
        }
    };

    @Override
    public <T> InstanceHandle<T> obtain(Class<T> type) {
        return new Unowned<>(create(type));
    }

    /** An instance that is left to the garbage collector. */
    private record Unowned<T>(T instance) implements InstanceHandle<T> {
        @Override
        public void release() {}
    }

    private <T> T create(Class<T> type) {
        try {
            return type.cast(constructors.get(type).newInstance());
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            throw new InstanceCreationException("The constructor of " + type.getName() + " failed: " + cause, cause);
        } catch (ReflectiveOperationException impossible) {
            throw impossible(type, impossible);
        }
    }

    private static Constructor<?> constructor(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException | InaccessibleObjectException impossible) {
            throw impossible(type, impossible);
        }
    }

    private static InstanceCreationException impossible(Class<?> type, Exception why) {
        return new InstanceCreationException(
                "No instance of " + type.getName() + " can be made: " + why.getMessage(), why);
    }

    @Override
    public @Nullable String obstacle(Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return type.getName() + " is abstract: it cannot be instantiated";
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return type.getName() + " is an inner class: make it static, so that it can be instantiated";
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            return Modifier.isPublic(constructor.getModifiers()) || !Modifier.isPublic(type.getModifiers())
                    ? null
                    : type.getName() + " has a constructor without parameters, but it is not public";
        } catch (NoSuchMethodException absent) {
            return type.getName() + " has no constructor without parameters";
        }
    }
}
