package dev.ferrule.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.Buffer;
import java.time.*;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which types are data, so that JSON can carry them. Judges the type and its arguments, not its fields. */
final class DataTypes {
    /** What JSON-B reads and writes as one value (JSON-B 3.0 §3.2 to §3.5); for writing, also their subclasses. */
    private static final Set<Class<?>> VALUES = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Number.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            URI.class,
            URL.class,
            UUID.class,
            Date.class,
            Calendar.class,
            GregorianCalendar.class,
            TimeZone.class,
            SimpleTimeZone.class,
            Instant.class,
            Duration.class,
            Period.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            ZonedDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            ZoneId.class,
            ZoneOffset.class,
            Optional.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            JsonValue.class,
            JsonStructure.class,
            JsonObject.class,
            JsonArray.class,
            JsonString.class,
            JsonNumber.class);

    /** The collections that JSON-B makes although they have no public constructor without arguments. */
    private static final Set<Class<?>> COLLECTIONS = Set.of(
            Collection.class,
            List.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            Queue.class,
            Deque.class,
            Map.class,
            SortedMap.class,
            NavigableMap.class,
            EnumSet.class,
            EnumMap.class);

    /** What acts, or stands for something that does. */
    private static final List<Class<?>> NEVER = List.of(
            Throwable.class,
            AutoCloseable.class,
            Thread.class,
            ClassLoader.class,
            Runnable.class,
            Callable.class,
            Future.class,
            Executor.class,
            AnnotatedElement.class,
            Type.class,
            Annotation.class,
            Buffer.class);

    private static final List<Class<? extends Annotation>> SELF_DESCRIBING =
            List.of(JsonbTypeInfo.class, JsonbTypeAdapter.class, JsonbTypeDeserializer.class);

    private DataTypes() {}

    /** Whether JSON-B can make the type without help from the application. */
    static boolean canDecode(Type type) {
        return everyPart(type, raw -> isMakeable(raw));
    }

    /** Whether the application's own adapters or deserializers could make the type. */
    static boolean mayBeAdapted(Type type) {
        return everyPart(type, raw -> isMakeable(raw) || isOfApplication(raw) && !acts(raw));
    }

    /** Whether JSON-B can write the type. {@code Object} can be written: what it is, is decided by the object. */
    static boolean canEncode(Type type) {
        return everyPart(type, DataTypes::isWritable);
    }

    private static boolean everyPart(Type type, Predicate<Class<?>> isData) {
        if (type instanceof Class<?> raw) {
            return raw.isArray() ? isPart(raw.getComponentType(), isData) : isData.test(raw);
        }
        if (type instanceof ParameterizedType generic) {
            return everyPart(generic.getRawType(), isData)
                    && Stream.of(generic.getActualTypeArguments()).allMatch(part -> isPart(part, isData));
        }
        return isPart(type, isData);
    }

    /** As {@link #everyPart}, for what stands inside another type, where {@code Object} is any JSON value. */
    private static boolean isPart(Type type, Predicate<Class<?>> isData) {
        if (type instanceof WildcardType wildcard) {
            return isPart(wildcard.getUpperBounds()[0], isData);
        }
        if (type instanceof TypeVariable<?> variable) {
            Type bound = variable.getBounds()[0];
            return bound instanceof Class<?> raw ? isPart(raw, isData) : bound instanceof ParameterizedType;
        }
        if (type instanceof GenericArrayType array) {
            return isPart(array.getGenericComponentType(), isData);
        }
        return type == Object.class || type instanceof Class<?> raw && raw.isPrimitive() || everyPart(type, isData);
    }

    private static boolean isMakeable(Class<?> raw) {
        if (VALUES.contains(raw) || COLLECTIONS.contains(raw)) {
            return true;
        }
        if (Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw)) {
            return !Modifier.isAbstract(raw.getModifiers()) && hasPlainConstructor(raw);
        }
        if (!isOfApplication(raw) || acts(raw)) {
            return false;
        }
        return raw.isEnum()
                || raw.isRecord()
                || SELF_DESCRIBING.stream().anyMatch(raw::isAnnotationPresent)
                || !Modifier.isAbstract(raw.getModifiers()) && !isInner(raw) && hasCreator(raw);
    }

    private static boolean isWritable(Class<?> raw) {
        return raw == Object.class
                || VALUES.stream().anyMatch(value -> value.isAssignableFrom(raw))
                || Collection.class.isAssignableFrom(raw)
                || Map.class.isAssignableFrom(raw)
                || isOfApplication(raw) && !acts(raw);
    }

    private static boolean isOfApplication(Class<?> raw) {
        return !raw.isPrimitive()
                && Stream.of("java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.")
                        .noneMatch(raw.getName()::startsWith);
    }

    private static boolean acts(Class<?> raw) {
        return raw.isHidden()
                || raw.isSynthetic()
                || raw.isAnnotation()
                || NEVER.stream().anyMatch(type -> type.isAssignableFrom(raw))
                || isOfWebSocket(raw);
    }

    private static boolean isOfWebSocket(Class<?> raw) {
        Class<?> parent = raw.getSuperclass();
        return raw.getName().startsWith("jakarta.websocket.")
                || parent != null && isOfWebSocket(parent)
                || Stream.of(raw.getInterfaces()).anyMatch(DataTypes::isOfWebSocket);
    }

    private static boolean isInner(Class<?> raw) {
        return raw.getEnclosingClass() != null && !Modifier.isStatic(raw.getModifiers());
    }

    private static boolean hasPlainConstructor(Class<?> raw) {
        return Stream.of(raw.getDeclaredConstructors())
                .anyMatch(made -> made.getParameterCount() == 0 && !Modifier.isPrivate(made.getModifiers()));
    }

    private static boolean hasCreator(Class<?> raw) {
        Stream<AccessibleObject> makers =
                Stream.concat(Stream.of(raw.getDeclaredConstructors()), Stream.of(raw.getDeclaredMethods()));
        return hasPlainConstructor(raw) || makers.anyMatch(maker -> maker.isAnnotationPresent(JsonbCreator.class));
    }
}
