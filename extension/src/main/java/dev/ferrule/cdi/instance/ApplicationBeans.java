package dev.ferrule.cdi.instance;

import dev.ferrule.container.spi.CoderProvider;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Beans that the application offers to the container by their type. References live as long as this object; dependent ones
 * are destroyed with it.
 *
 * <p>Threading: any thread.
 */
public final class ApplicationBeans implements CoderProvider.Beans, AutoCloseable {
    private final BeanManager beanManager;
    private final CreationalContext<?> context;

    /** The beans of one deployment. */
    public ApplicationBeans(BeanManager beanManager) {
        this.beanManager = beanManager;
        this.context = beanManager.createCreationalContext(null);
    }

    @Override
    public <T> Optional<T> find(Class<T> type) {
        Set<Bean<?>> candidates = beanManager.getBeans(type);
        if (candidates.size() > 1) {
            candidates = Set.copyOf(enabledAlternatives(candidates));
        }
        return candidates.size() == 1
                ? Optional.of(reference(type, candidates.iterator().next()))
                : Optional.empty();
    }

    private static List<Bean<?>> enabledAlternatives(Set<Bean<?>> candidates) {
        List<Bean<?>> alternatives = new ArrayList<>();
        for (Bean<?> candidate : candidates) {
            if (candidate.isAlternative()) {
                alternatives.add(candidate);
            }
        }
        return alternatives;
    }

    /** Every bean of a type, whatever its qualifiers, in the order of the classes that declare them. */
    public <T> List<T> all(Class<T> type) {
        Annotation any = Any.Literal.INSTANCE;
        List<Bean<?>> sorted = new ArrayList<>(beanManager.getBeans(type, any));
        sorted.sort(Comparator.comparing(bean -> bean.getBeanClass().getName()));
        List<T> references = new ArrayList<>();
        for (Bean<?> bean : sorted) {
            references.add(reference(type, bean));
        }
        return references;
    }

    private <T> T reference(Class<T> type, Bean<?> bean) {
        return type.cast(beanManager.getReference(bean, type, context));
    }

    /** Destroys the dependent ones. */
    @Override
    public void close() {
        context.release();
    }
}
