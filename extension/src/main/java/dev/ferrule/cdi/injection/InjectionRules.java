package dev.ferrule.cdi.injection;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.cdi.PathParameter;
import dev.ferrule.cdi.instance.ManagedBeans;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** Adds a sentence for each bean that would keep a path parameter of one connection for others. */
    public void checkPathParameters(List<String> problems) {
        beans.classes().stream().sorted(Comparator.comparing(Class::getName)).forEach(type -> {
            Bean<?> bean = beans.bean(type);
            if (bean != null && !NOT_LONGER_THAN_THE_CONNECTION.contains(bean.getScope())) {
                for (InjectionPoint point : bean.getInjectionPoints()) {
                    if (isPathParameter(point) && !isAskedLater(point.getType())) {
                        problems.add(point + " would keep the path parameter of the first connection, because "
                                + type.getName() + " is @" + bean.getScope().getSimpleName()
                                + ": inject Instance<...> and ask it in callbacks");
                    }
                }
            }
        });
    }

    private static boolean isPathParameter(InjectionPoint point) {
        return point.getQualifiers().stream().anyMatch(PathParameter.class::isInstance);
    }

    private static boolean isAskedLater(Type type) {
        return type instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw
                && Provider.class.isAssignableFrom(raw);
    }
}
