package dev.ferrule.cdi.guard;

import dev.ferrule.cdi.instance.ManagedBeans;
import dev.ferrule.cdi.instance.ProxyRules;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.websocket.Endpoint;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What endpoint classes say about roles, always as the application's extensions have left it.
 *
 * <p>Threading: any thread.
 */
public final class AccessRules {
    private final BeanManager beanManager;
    private final ManagedBeans beans;

    /** Who may connect, by endpoint: asked in every handshake. */
    private final Map<Class<?>, Access> connecting = new ConcurrentHashMap<>();

    /** The rules of one deployment. */
    public AccessRules(BeanManager beanManager, ManagedBeans beans) {
        this.beanManager = beanManager;
        this.beans = beans;
    }

    private AnnotatedType<?> annotated(Class<?> endpoint) {
        AnnotatedType<?> known = beans.annotated(endpoint);
        return known == null ? beanManager.createAnnotatedType(endpoint) : known;
    }

    /** A class and its superclasses, the most derived first. */
    private List<AnnotatedType<?>> levels(Class<?> endpoint) {
        List<AnnotatedType<?>> levels = new ArrayList<>();
        levels.add(annotated(endpoint));
        Class<?> level = levels.get(0).getJavaClass().getSuperclass();
        while (level != null && level != Object.class && level != Endpoint.class) {
            levels.add(beanManager.createAnnotatedType(level));
            level = level.getSuperclass();
        }
        return levels;
    }

    /** Who may connect. */
    Access of(Class<?> endpoint) {
        Access known = connecting.get(endpoint);
        if (known == null) {
            known = said(levels(endpoint));
            connecting.put(endpoint, known);
        }
        return known;
    }

    /** What a class says holds for those below it, until one of them says otherwise. */
    private static Access said(List<AnnotatedType<?>> levels) {
        return levels.stream()
                .map(Access::of)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Access.EVERYBODY);
    }

    /** Who may cause a call: what the callback says, or the class that declares it; null where that is who may connect. */
    @Nullable
    Access of(Class<?> endpoint, Method callback) {
        for (AnnotatedMethod<?> method : annotated(endpoint).getMethods()) {
            Access own = method.getJavaMember().equals(callback) ? Access.of(method) : null;
            if (own != null) {
                return own;
            }
        }
        List<AnnotatedType<?>> levels = levels(endpoint);
        Access ofClass = said(levels.stream()
                .dropWhile(level -> level.getJavaClass() != callback.getDeclaringClass())
                .toList());
        return ofClass.equals(said(levels)) ? null : ofClass;
    }

    /** The roles that an endpoint asks for, anywhere. */
    Set<String> roles(Class<?> endpoint) {
        Set<String> roles = new HashSet<>();
        levels(endpoint).forEach(level -> collect(level, roles));
        annotated(endpoint).getMethods().forEach(method -> collect(method, roles));
        return roles;
    }

    private static void collect(Annotated annotated, Set<String> roles) {
        Access access = Access.of(annotated);
        if (access != null && access.roles() != null) {
            roles.addAll(access.roles());
        }
    }

    /**
     * Adds a sentence for each problem of an endpoint.
     *
     * @param kind what the endpoint is
     * @param known whether somebody knows who callers are
     */
    public void check(Class<?> endpoint, Kind kind, boolean known, List<String> problems) {
        boolean withoutEffect = kind == Kind.CLIENT;
        for (AnnotatedType<?> level : levels(endpoint)) {
            check(level, level.getJavaClass().getName(), withoutEffect, problems);
            // Nobody asks before callbacks of a programmatic endpoint: only the first class that says something counts.
            withoutEffect |= kind == Kind.PROGRAMMATIC && Access.of(level) != null;
        }
        for (AnnotatedMethod<?> method : annotated(endpoint).getMethods()) {
            check(method, ProxyRules.describe(method.getJavaMember()), kind != Kind.ANNOTATED, problems);
        }
        Set<String> roles = roles(endpoint);
        if (kind != Kind.CLIENT && !roles.isEmpty() && !known) {
            problems.add(endpoint.getName() + " requires roles "
                    + roles.stream().sorted().toList()
                    + ", but nobody knows who a peer is: add a bean of type HandshakeAuthenticator, such as a subclass of"
                    + " BasicAuthenticator or BearerAuthenticator");
        }
    }

    /** What an endpoint is. */
    public enum Kind {
        /** A server's, with annotated callbacks. */
        ANNOTATED,
        /** A server's subclass of {@code Endpoint}. */
        PROGRAMMATIC,
        /** A client's. */
        CLIENT
    }

    private static void check(Annotated annotated, String where, boolean withoutEffect, List<String> problems) {
        if (Access.isAmbiguous(annotated)) {
            problems.add(where + " bears more than one of @DenyAll, @RolesAllowed and @PermitAll: which is meant?");
        } else if (withoutEffect && Access.of(annotated) != null) {
            problems.add(
                    where + " bears @DenyAll, @RolesAllowed or @PermitAll, which has no effect there: it has one on"
                            + " classes of server endpoints and their superclasses, and on their annotated callbacks");
        }
    }
}
