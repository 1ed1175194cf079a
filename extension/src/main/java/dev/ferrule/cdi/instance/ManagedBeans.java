package dev.ferrule.cdi.instance;

import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The managed beans of a deployment by their class: always the class that the application wrote, never a proxy's. A bean that
 * specializes another is the bean of both classes.
 *
 * <p>Threading: any thread.
 */
public final class ManagedBeans {
    private final Map<Class<?>, Managed<?>> beans = new ConcurrentHashMap<>();

    /** Specialized classes, whose beans are disabled, and who specializes them. */
    private final Map<Class<?>, Class<?>> successors = new ConcurrentHashMap<>();

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
        Class<?> specialized = type.getJavaClass().getSuperclass();
        if (specialized != null && type.isAnnotationPresent(Specializes.class)) {
            successors.put(specialized, bean.getBeanClass());
        }
    }

    /** The class whose bean stands for a class: its own, unless the bean of a subclass specializes it. */
    public Class<?> successor(Class<?> type) {
        Class<?> last = type;
        while (successors.containsKey(last)) {
            last = successors.get(last);
        }
        return last;
    }

    /** An annotation that a class bears, or takes over with the bean that it specializes; null when there is none. */
    public <A extends Annotation> @Nullable A annotation(Class<?> type, Class<A> annotation) {
        A own = type.getDeclaredAnnotation(annotation);
        Class<?> superclass = type.getSuperclass();
        return own == null && superclass != null && successors.get(superclass) == type
                ? annotation(superclass, annotation)
                : own;
    }

    @SuppressWarnings("unchecked")
    <T> @Nullable Managed<? extends T> find(Class<T> type) {
        return (Managed<? extends T>) beans.get(successor(type));
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
        return find(type) != null;
    }

    /** The classes of all beans, without those that others specialize. */
    public Set<Class<?>> classes() {
        Set<Class<?>> classes = new HashSet<>(beans.keySet());
        classes.removeAll(successors.keySet());
        return classes;
    }
}
