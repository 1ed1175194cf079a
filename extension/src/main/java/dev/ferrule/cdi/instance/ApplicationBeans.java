package dev.ferrule.cdi.instance;

import dev.ferrule.container.spi.CoderProvider;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Beans that the application offers to the container by their type. References live as long as this object; dependent ones
 * are destroyed with it.
 *
 * <p>Threading: any thread.
 */
public final class ApplicationBeans implements CoderProvider.Beans, AutoCloseable {
    private static final Annotation ANY = Any.Literal.INSTANCE;

    private final BeanManager beanManager;
    private final CreationalContext<?> context;
    private final Map<Key, Object> references = new ConcurrentHashMap<>();

    /** What a reference refers to, as what. */
    private record Key(Bean<?> bean, Class<?> type) {}

    /** The beans of one deployment. */
    public ApplicationBeans(BeanManager beanManager) {
        this.beanManager = beanManager;
        this.context = beanManager.createCreationalContext(null);
    }

    @Override
    public <T> Optional<T> find(Class<T> type, @Nullable Class<? extends Annotation> qualifier) {
        try {
            Set<Bean<?>> beans = qualifier == null
                    ? beanManager.getBeans(type)
                    : qualified(beanManager.getBeans(type, ANY), qualifier);
            Bean<?> bean = beanManager.resolve(beans);
            return bean == null ? Optional.empty() : Optional.of(reference(type, bean));
        } catch (AmbiguousResolutionException several) {
            return Optional.empty();
        }
    }

    private static Set<Bean<?>> qualified(Set<Bean<?>> beans, Class<? extends Annotation> qualifier) {
        return beans.stream()
                .filter(bean -> bean.getQualifiers().stream().anyMatch(own -> own.annotationType() == qualifier))
                .collect(Collectors.toSet());
    }

    /**
     * Every bean of a type, whatever its qualifiers: alternatives first, then by the classes that declare them.
     */
    public <T> List<T> all(Class<T> type) {
        List<Bean<?>> sorted = new ArrayList<>(beanManager.getBeans(type, ANY));
        sorted.sort(Comparator.<Bean<?>, Boolean>comparing(bean -> !bean.isAlternative())
                .thenComparing(bean -> bean.getBeanClass().getName()));
        List<T> all = new ArrayList<>();
        for (Bean<?> bean : sorted) {
            all.add(reference(type, bean));
        }
        return all;
    }

    private <T> T reference(Class<T> type, Bean<?> bean) {
        Key key = new Key(bean, type);
        Object known = references.get(key);
        if (known == null) {
            Object made = beanManager.getReference(bean, type, context);
            known = references.putIfAbsent(key, made);
            known = known == null ? made : known;
        }
        return type.cast(known);
    }

    /** Destroys the dependent ones. */
    @Override
    public void close() {
        context.release();
    }
}
