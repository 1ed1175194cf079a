package dev.ferrule.cdi.observe;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.cdi.event.Connected;
import dev.ferrule.cdi.event.Disconnected;
import dev.ferrule.cdi.event.Failed;
import dev.ferrule.cdi.event.Handshaking;
import dev.ferrule.cdi.event.OfEndpoint;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import org.jspecify.annotations.Nullable;

/** What there is to observe in the life of a connection. */
enum Occasion {
    INITIALIZED(OpeningHandshake.class, Initialized.Literal.of(ConnectionScoped.class)),
    HANDSHAKING(Handshaking.class, null),
    CONNECTED(Connected.class, null),
    FAILED(Failed.class, null),
    DISCONNECTED(Disconnected.class, null),
    BEFORE_DESTROYED(OpeningHandshake.class, BeforeDestroyed.Literal.of(ConnectionScoped.class)),
    DESTROYED(OpeningHandshake.class, Destroyed.Literal.of(ConnectionScoped.class));

    private final Class<?> type;
    private final @Nullable Annotation qualifier;

    /** @param qualifier what the events bear, or null for that of their endpoint */
    Occasion(Class<?> type, @Nullable Annotation qualifier) {
        this.type = type;
        this.qualifier = qualifier;
    }

    Annotation qualifier(Class<?> endpoint) {
        return qualifier == null ? OfEndpoint.Literal.of(endpoint) : qualifier;
    }

    /** Whether an observer may be meant: never false for one that is. */
    boolean mayNotify(ObserverMethod<?> observer) {
        return raw(observer.getObservedType()).isAssignableFrom(type)
                && observer.getObservedQualifiers().stream().allMatch(this::isBorne);
    }

    private boolean isBorne(Annotation wanted) {
        return wanted.annotationType() == Any.class
                || (qualifier == null ? wanted.annotationType() == OfEndpoint.class : wanted.equals(qualifier));
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return raw(parameterized.getRawType());
        }
        return type instanceof TypeVariable<?> variable ? raw(variable.getBounds()[0]) : Object.class;
    }
}
