package dev.ferrule.cdi.instance;

import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The managed beans of a deployment by their class: always the class that the application wrote, never a proxy's.
 *
 * <p>Threading: any thread.
 */
public final class ManagedBeans {
    private final Map<Class<?>, Managed<?>> beans = new ConcurrentHashMap<>();

    /** No bean is known yet. */
    public ManagedBeans() {}

    /**
     * A managed bean.
     *
     * @param bean the bean
     * @param type its class with the annotations that count, after all extensions have had their say
     */
    record Managed<T>(Bean<T> bean, AnnotatedType<T> type) {}

    /** There is such a bean, and it is enabled. */
    public <T> void add(Bean<T> bean, AnnotatedType<T> type) {
        beans.put(bean.getBeanClass(), new Managed<>(bean, type));
    }

    @SuppressWarnings("unchecked")
    <T> @Nullable Managed<T> find(Class<T> type) {
        return (Managed<T>) beans.get(type);
    }

    /** A bean's class with the annotations that count, or null when the class is no bean. */
    public @Nullable AnnotatedType<?> annotated(Class<?> type) {
        Managed<?> managed = find(type);
        return managed == null ? null : managed.type();
    }

    /** The bean of a class, or null when the class is none. */
    public @Nullable Bean<?> bean(Class<?> type) {
        Managed<?> managed = find(type);
        return managed == null ? null : managed.bean();
    }

    /** Whether a class is a bean. */
    public boolean contains(Class<?> type) {
        return beans.containsKey(type);
    }

    /** The classes of all beans. */
    public Set<Class<?>> classes() {
        return beans.keySet();
    }
}
