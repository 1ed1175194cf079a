package dev.ferrule.cdi.injection;

import dev.ferrule.cdi.PathParameter;
import dev.ferrule.cdi.context.ConnectionContexts;
import dev.ferrule.container.spi.HandshakeRefusedException;
import dev.ferrule.container.spi.TextConversion;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of path variables as beans: a dependent one for each type that a text converts to. */
final class PathParameters {
    private PathParameters() {}

    static void addTo(AfterBeanDiscovery event, ConnectionContexts contexts) {
        for (Class<?> type : TextConversion.types()) {
            if (!type.isPrimitive()) { // to CDI a primitive and its wrapper are one type
                add(event, contexts, type);
            }
        }
    }

    private static void add(AfterBeanDiscovery event, ConnectionContexts contexts, Class<?> type) {
        Function<String, Object> conversion = Objects.requireNonNull(TextConversion.to(type));
        event.addBean()
                .id("dev.ferrule.PathParameter." + type.getSimpleName())
                .types(type)
                .qualifiers(PathParameter.Literal.of(""), Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .produceWith(lookup ->
                        value(contexts, lookup.select(InjectionPoint.class).get(), conversion));
    }

    private static @Nullable Object value(
            ConnectionContexts contexts, InjectionPoint point, Function<String, Object> conversion) {
        String name = nameOf(point);
        String text = contexts.required().handshake().pathParameters().get(name);
        if (text == null) {
            if (point.getType() instanceof Class<?> wanted && wanted.isPrimitive()) {
                throw new IllegalStateException(
                        "The path of this connection has no variable {" + name + "} for " + point);
            }
            return null;
        }
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException bad) {
            throw new HandshakeRefusedException(404, "The path parameter {" + name + "} has an impossible value");
        }
    }

    private static String nameOf(InjectionPoint point) {
        return point.getQualifiers().stream()
                .filter(PathParameter.class::isInstance)
                .map(qualifier -> ((PathParameter) qualifier).value())
                .findFirst()
                .orElseThrow();
    }
}
