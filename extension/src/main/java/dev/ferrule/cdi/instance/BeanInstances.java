package dev.ferrule.cdi.instance;

import dev.ferrule.cdi.context.Instances;
import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.InstanceCreationException;
import dev.ferrule.container.spi.InstanceHandle;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionTarget;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Application objects from CDI. The scope decides: a bean without a scope of its own is made anew for each handle, with its
 * dependents, and destroyed with it; any other bean is the contextual instance that everybody else sees, and its context ends
 * it. A class that is no bean is made by the CDI container all the same, with injection and life-cycle callbacks.
 *
 * <p>Threading: any thread.
 */
public final class BeanInstances implements EndpointInstances {
    private static final Logger LOG = System.getLogger(BeanInstances.class.getName());

    private final BeanManager beanManager;
    private final ManagedBeans beans;
    private final Map<Class<?>, InjectionTarget<?>> targets = new ConcurrentHashMap<>();

    /** The beans of one deployment. */
    public BeanInstances(BeanManager beanManager, ManagedBeans beans) {
        this.beanManager = beanManager;
        this.beans = beans;
    }

    @Override
    public <T> InstanceHandle<T> obtain(Class<T> type) {
        ManagedBeans.Managed<? extends T> managed = beans.find(type);
        try {
            return managed == null ? injected(type) : ofBean(managed);
        } catch (RuntimeException failure) {
            Throwable reason = rootOf(failure);
            throw new InstanceCreationException(
                    "No instance of " + type.getName() + " can be made: " + reason, failure);
        }
    }

    @SuppressWarnings("unchecked") // a handle only gives its object
    private <T, B extends T> InstanceHandle<T> ofBean(ManagedBeans.Managed<B> managed) {
        Bean<B> bean = managed.bean();
        return (InstanceHandle<T>)
                (bean.getScope() == Dependent.class
                        ? created(bean)
                        : shared(managed.type().getJavaClass(), bean));
    }

    private <T> InstanceHandle<T> created(Bean<T> bean) {
        CreationalContext<T> context = beanManager.createCreationalContext(bean);
        T instance = Instances.made(context, () -> bean.create(context));
        return new Created<>(instance, bean, context);
    }

    private <T> InstanceHandle<T> shared(Class<T> type, Bean<T> bean) {
        create(bean);
        Object reference = beanManager.getReference(bean, type, beanManager.createCreationalContext(bean));
        return new Shared<>(type.cast(reference));
    }

    /**
     * A client proxy would put the creation off until {@code onOpen}, where it is too late to refuse the handshake. Not done for a
     * request, which is another one then, nor where the scope is not active, as for configurators while they are deployed.
     */
    private <T> void create(Bean<T> bean) {
        Class<? extends Annotation> scope = bean.getScope();
        if (!beanManager.isNormalScope(scope) || scope == RequestScoped.class) {
            return;
        }
        Context active;
        try {
            active = beanManager.getContext(scope);
        } catch (ContextNotActiveException notHere) {
            return;
        }
        CreationalContext<T> context = beanManager.createCreationalContext(bean);
        Instances.made(context, () -> active.get(bean, context));
    }

    private <T> InstanceHandle<T> injected(Class<T> type) {
        InjectionTarget<T> target = target(type);
        CreationalContext<T> context = beanManager.createCreationalContext(null);
        T instance = Instances.made(context, () -> {
            T made = target.produce(context);
            target.inject(made, context);
            target.postConstruct(made);
            return made;
        });
        return new Injected<>(instance, target, context);
    }

    @SuppressWarnings("unchecked")
    private <T> InjectionTarget<T> target(Class<T> type) {
        return (InjectionTarget<T>) targets.computeIfAbsent(type, missing -> newTarget(type));
    }

    private <T> InjectionTarget<T> newTarget(Class<T> type) {
        return beanManager
                .getInjectionTargetFactory(beanManager.createAnnotatedType(type))
                .createInjectionTarget(null);
    }

    @Override
    public @Nullable String obstacle(Class<?> type) {
        if (beans.contains(type)) {
            return null;
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return type.getName() + " is abstract: it cannot be instantiated";
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return type.getName() + " is an inner class: make it static, so that it can be instantiated";
        }
        if (Arrays.stream(type.getDeclaredConstructors()).noneMatch(BeanInstances::isUsable)) {
            return type.getName() + " has neither a constructor without parameters nor one with @Inject";
        }
        return null;
    }

    private static boolean isUsable(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 || constructor.isAnnotationPresent(Inject.class);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    /** An instance that others own. */
    private record Shared<T>(T instance) implements InstanceHandle<T> {
        @Override
        public void release() {}
    }

    /** An instance that was made for its handle, and what was made for it: null once it is released. */
    private abstract static class Owned<T> implements InstanceHandle<T> {
        private final T instance;
        private @Nullable CreationalContext<T> context;

        Owned(T instance, CreationalContext<T> context) {
            this.instance = instance;
            this.context = context;
        }

        abstract void destroy(T instance, CreationalContext<T> context);

        private synchronized @Nullable CreationalContext<T> take() {
            CreationalContext<T> taken = context;
            context = null;
            return taken;
        }

        @Override
        public T instance() {
            return instance;
        }

        @Override
        public void release() {
            CreationalContext<T> last = take();
            if (last != null) {
                try {
                    destroy(instance, last);
                } catch (RuntimeException | Error failure) {
                    LOG.log(
                            Level.WARNING,
                            "The clean-up of " + instance.getClass().getName() + " failed",
                            failure);
                }
            }
        }
    }

    private static final class Created<T> extends Owned<T> {
        private final Bean<T> bean;

        Created(T instance, Bean<T> bean, CreationalContext<T> context) {
            super(instance, context);
            this.bean = bean;
        }

        @Override
        void destroy(T instance, CreationalContext<T> context) {
            Instances.destroy(bean, instance, context);
        }
    }

    private static final class Injected<T> extends Owned<T> {
        private final InjectionTarget<T> target;

        Injected(T instance, InjectionTarget<T> target, CreationalContext<T> context) {
            super(instance, context);
            this.target = target;
        }

        @Override
        void destroy(T instance, CreationalContext<T> context) {
            try {
                target.preDestroy(instance);
                target.dispose(instance);
            } finally {
                context.release();
            }
        }
    }
}
