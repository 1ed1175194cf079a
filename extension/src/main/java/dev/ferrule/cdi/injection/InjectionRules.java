package dev.ferrule.cdi.injection;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.cdi.PathParameter;
import dev.ferrule.cdi.instance.ManagedBeans;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether everything that an endpoint needs can be injected. The CDI container checks beans itself; the classes that are none, it
 * sees only when they are made, and that would be in a peer's handshake.
 */
public final class InjectionRules {
    private static final Set<Class<? extends Annotation>> NOT_LONGER_THAN_THE_CONNECTION =
            Set.of(Dependent.class, RequestScoped.class, ConnectionScoped.class, SessionScoped.class);

    private final BeanManager beanManager;
    private final ManagedBeans beans;

    /** The rules for one deployment. */
    public InjectionRules(BeanManager beanManager, ManagedBeans beans) {
        this.beanManager = beanManager;
        this.beans = beans;
    }

    /**
     * Adds a sentence for each class that cannot be injected: the CDI container's, and where that is.
     *
     * @param endpoint the endpoint's class
     * @param parts what else is made for it, and as what
     */
    public void check(Class<?> endpoint, Map<Class<?>, String> parts, List<String> problems) {
        check(endpoint, "The endpoint " + endpoint.getName(), problems);
        parts.forEach((type, role) ->
                check(type, "The " + role + " " + type.getName() + " of " + endpoint.getName(), problems));
    }

    private void check(Class<?> type, String what, List<String> problems) {
        if (beans.contains(type) || Modifier.isAbstract(type.getModifiers())) {
            return;
        }
        try {
            for (InjectionPoint point : beanManager
                    .getInjectionTargetFactory(beanManager.createAnnotatedType(type))
                    .createInjectionTarget(null)
                    .getInjectionPoints()) {
                beanManager.validate(point);
            }
        } catch (RuntimeException unsatisfied) {
            problems.add(what + " cannot be made: " + unsatisfied.getMessage());
        }
    }

    /** Adds a sentence for each place where a bean would keep a path parameter of one connection for others. */
    public void checkPathParameters(List<String> problems) {
        Set<Bean<?>> all = beanManager.getBeans(Object.class, Any.Literal.INSTANCE);
        if (all.stream().noneMatch(bean -> bean.getInjectionPoints().stream().anyMatch(InjectionRules::isKept))) {
            return;
        }
        Set<String> found = new TreeSet<>();
        for (Bean<?> bean : all) {
            if (!NOT_LONGER_THAN_THE_CONNECTION.contains(bean.getScope())) {
                follow(bean, bean, new HashSet<>(), found);
            }
        }
        problems.addAll(found);
    }

    /** What is injected into a bean lives as long as the bean, and so does what is injected into that, as far as it is dependent. */
    private void follow(Bean<?> owner, Bean<?> bean, Set<Bean<?>> followed, Set<String> found) {
        if (!followed.add(bean)) {
            return;
        }
        for (InjectionPoint point : bean.getInjectionPoints()) {
            if (isKept(point)) {
                String reason = bean == owner
                        ? describe(owner) + " is @"
                        : "it is injected into " + describe(owner) + ", which is @";
                found.add(point + " would keep the path parameter of the first connection, because " + reason
                        + owner.getScope().getSimpleName() + ": inject Instance<...> and ask it in callbacks");
            } else if (!isAskedLater(point.getType())) {
                Bean<?> injected = resolve(point);
                if (injected != null && injected.getScope() == Dependent.class) {
                    follow(owner, injected, followed, found);
                }
            }
        }
    }

    /** What is injected; null where that is nobody's bean, or CDI has told already that it is not clear. */
    private @Nullable Bean<?> resolve(InjectionPoint point) {
        try {
            return beanManager.resolve(
                    beanManager.getBeans(point.getType(), point.getQualifiers().toArray(Annotation[]::new)));
        } catch (AmbiguousResolutionException | IllegalArgumentException unclear) {
            return null;
        }
    }

    /** A producer is told by its class and its type. */
    private static String describe(Bean<?> bean) {
        Class<?> home = bean.getBeanClass();
        return bean.getTypes().contains(home) ? home.getName() : "what " + home.getName() + " produces";
    }

    private static boolean isKept(InjectionPoint point) {
        return point.getQualifiers().stream().anyMatch(PathParameter.class::isInstance)
                && !isAskedLater(point.getType());
    }

    private static boolean isAskedLater(Type type) {
        return type instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw
                && Provider.class.isAssignableFrom(raw);
    }
}
