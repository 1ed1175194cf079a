package dev.ferrule.cdi.instance;

import jakarta.enterprise.inject.UnproxyableResolutionException;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptors;
import jakarta.websocket.Endpoint;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the callbacks of an endpoint can be called where a proxy or interceptors stand in front of it. What they cannot
 * override they do not pass on: a private callback would run on the empty proxy itself, and so would a package-private one of a
 * superclass in another package, which nothing outside of that package overrides.
 */
public final class ProxyRules {
    private static final List<Class<? extends Annotation>> CALLBACKS =
            List.of(OnOpen.class, OnMessage.class, OnClose.class, OnError.class);

    private static final String REMEDY = "make the method protected or public, and not final";

    private final BeanManager beanManager;
    private final ManagedBeans beans;

    /** The rules for the beans of one deployment. */
    public ProxyRules(BeanManager beanManager, ManagedBeans beans) {
        this.beanManager = beanManager;
        this.beans = beans;
    }

    /** Adds a sentence for each problem of an endpoint class. */
    public void check(Class<?> type, List<String> problems) {
        ManagedBeans.Managed<?> managed = beans.find(type);
        if (managed == null) {
            return;
        }
        int before = problems.size();
        boolean proxied = beanManager.isNormalScope(managed.bean().getScope());
        String scope = "@" + managed.bean().getScope().getSimpleName();
        boolean intercepted = isIntercepted(managed.type()) || interceptsItself(managed.type());
        for (AnnotatedMethod<?> method : managed.type().getMethods()) {
            String obstacle = obstacle(method.getJavaMember(), managed.type());
            if (!isCallback(method) || obstacle == null) {
                continue;
            }
            if (proxied) {
                problems.add(describe(method.getJavaMember()) + " is " + obstacle + ", but the bean is " + scope
                        + ": its client proxy cannot pass the call on; " + REMEDY);
            } else if (intercepted || isIntercepted(method)) {
                problems.add(describe(method.getJavaMember()) + " is " + obstacle + ", so its interceptors would not"
                        + " run; " + REMEDY);
            }
        }
        // A final callback is a reason why there can be no proxy; it has been named better above.
        if (proxied && problems.size() == before) {
            checkProxy(managed, problems);
        }
    }

    /** Adds a sentence when a coder or a configurator is a bean that wants a client proxy and cannot have one. */
    public void checkPart(Class<?> type, List<String> problems) {
        ManagedBeans.Managed<?> managed = beans.find(type);
        if (managed != null && beanManager.isNormalScope(managed.bean().getScope())) {
            checkProxy(managed, problems);
        }
    }

    private void checkProxy(ManagedBeans.Managed<?> managed, List<String> problems) {
        Class<?> type = managed.type().getJavaClass();
        Bean<?> bean = managed.bean();
        try {
            beanManager.getReference(bean, type, beanManager.createCreationalContext(null));
        } catch (UnproxyableResolutionException | IllegalArgumentException impossible) {
            problems.add(type.getName() + " is @" + bean.getScope().getSimpleName()
                    + ", but there can be no client proxy for it: " + impossible.getMessage());
        }
    }

    private static boolean isCallback(AnnotatedMethod<?> method) {
        Method member = method.getJavaMember();
        return CALLBACKS.stream().anyMatch(method::isAnnotationPresent)
                || (Endpoint.class.isAssignableFrom(member.getDeclaringClass())
                        && Stream.of(Endpoint.class.getDeclaredMethods())
                                .anyMatch(callback -> hasSignatureOf(callback, member)));
    }

    private static boolean hasSignatureOf(Method one, Method other) {
        return one.getName().equals(other.getName())
                && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }

    /** What keeps a proxy of a bean's class from overriding a method, or null. */
    private static @Nullable String obstacle(Method method, AnnotatedType<?> bean) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return "private";
        }
        if (Modifier.isFinal(modifiers)) {
            return "final";
        }
        boolean here =
                method.getDeclaringClass().getPackage() == bean.getJavaClass().getPackage();
        return here || isInherited(modifiers) || isOverridden(method, bean)
                ? null
                : "package-private in another package than "
                        + bean.getJavaClass().getName();
    }

    private static boolean isInherited(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** Whether a package-private method has been replaced by a subclass in its own package, whose method is looked at then. */
    private static boolean isOverridden(Method method, AnnotatedType<?> bean) {
        Class<?> home = method.getDeclaringClass();
        return bean.getMethods().stream()
                .map(AnnotatedMethod::getJavaMember)
                .anyMatch(other -> other.getDeclaringClass() != home
                        && home.isAssignableFrom(other.getDeclaringClass())
                        && other.getDeclaringClass().getPackage() == home.getPackage()
                        && !Modifier.isPrivate(other.getModifiers())
                        && hasSignatureOf(other, method));
    }

    private static boolean interceptsItself(AnnotatedType<?> type) {
        return type.getMethods().stream().anyMatch(method -> method.isAnnotationPresent(AroundInvoke.class));
    }

    private boolean isIntercepted(Annotated annotated) {
        return annotated.isAnnotationPresent(Interceptors.class)
                || annotated.getAnnotations().stream()
                        .map(Annotation::annotationType)
                        .anyMatch(this::isBinding);
    }

    private boolean isBinding(Class<? extends Annotation> annotation) {
        return beanManager.isInterceptorBinding(annotation)
                || (beanManager.isStereotype(annotation)
                        && beanManager.getStereotypeDefinition(annotation).stream()
                                .map(Annotation::annotationType)
                                .anyMatch(this::isBinding));
    }

    /** For people: class, method and parameter types. */
    public static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName()
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(java.util.stream.Collectors.joining(", ", "(", ")"));
    }
}
