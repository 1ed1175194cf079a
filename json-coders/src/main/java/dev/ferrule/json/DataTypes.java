package dev.ferrule.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
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
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which types are data, so that JSON can carry them, and why others are not. Judges the type and its arguments, not its
 * fields.
 */
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

    /** With one of these the application says itself how the type becomes JSON, and back. */
    private static final List<Class<? extends Annotation>> ADAPTED =
            List.of(JsonbTypeAdapter.class, JsonbTypeSerializer.class, JsonbTypeDeserializer.class);

    private DataTypes() {}

    /**
     * Why JSON-B cannot make the type, or null when it can.
     *
     * @param adapted whether the application's own adapters and deserializers may know types that JSON-B does not
     */
    static @Nullable String whyNotDecoded(Type type, boolean adapted) {
        return type == Object.class
                ? "Object does not say what a message is"
                : whyNot(type, raw -> adapted && isOfApplication(raw) && !acts(raw) ? null : whyNotMade(raw));
    }

    /** Why JSON-B cannot write the type, or null when it can. What an {@code Object} is, is decided by the object. */
    static @Nullable String whyNotEncoded(Type type) {
        return whyNot(type, DataTypes::whyNotWritten);
    }

    private static @Nullable String whyNot(Type type, Function<Class<?>, @Nullable String> judge) {
        if (type instanceof Class<?> raw) {
            boolean plain = raw == Object.class || raw.isPrimitive() && raw != void.class;
            return raw.isArray() ? whyNot(raw.getComponentType(), judge) : plain ? null : judge.apply(raw);
        }
        if (type instanceof ParameterizedType generic) {
            return Stream.concat(Stream.of(generic.getRawType()), Stream.of(generic.getActualTypeArguments()))
                    .map(part -> whyNot(part, judge))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (type instanceof WildcardType wildcard) {
            return whyNot(wildcard.getUpperBounds()[0], judge);
        }
        if (type instanceof TypeVariable<?> variable) {
            // A bound such as Comparable<T> would lead round in a circle.
            return variable.getBounds()[0] instanceof Class<?> bound ? whyNot(bound, judge) : null;
        }
        return type.getTypeName() + " is an array of a generic type, which JSON-B cannot make: use a List";
    }

    private static @Nullable String whyNotMade(Class<?> raw) {
        String obstacle = whyNotWritten(raw);
        if (obstacle != null || VALUES.contains(raw) || COLLECTIONS.contains(raw) || raw.isEnum() || isAdapted(raw)) {
            return obstacle;
        }
        JsonbTypeInfo subtypes = raw.getAnnotation(JsonbTypeInfo.class);
        if (subtypes != null) {
            return Stream.of(subtypes.value())
                    .map(JsonbSubtype::type)
                    .filter(subtype -> subtype != raw)
                    .map(DataTypes::whyNotMade)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (raw.isRecord()) {
            return whyNotCreated(raw, Stream.of(raw.getDeclaredConstructors()));
        }
        if (Modifier.isAbstract(raw.getModifiers())) {
            return raw.getName() + " is abstract: let @JsonbTypeInfo name its subtypes";
        }
        if (raw.getEnclosingClass() != null && !Modifier.isStatic(raw.getModifiers())) {
            return raw.getName() + " is an inner class: make it static";
        }
        List<Executable> creators = Stream.<Executable>concat(
                        Stream.of(raw.getDeclaredConstructors()), Stream.of(raw.getDeclaredMethods()))
                .filter(maker -> maker.isAnnotationPresent(JsonbCreator.class))
                .toList();
        if (!creators.isEmpty()) {
            return creators.stream().allMatch(maker -> Modifier.isPublic(maker.getModifiers()))
                    ? whyNotCreated(raw, creators.stream())
                    : raw.getName() + " has a @JsonbCreator that is not public, so that JSON-B cannot call it";
        }
        return Stream.of(raw.getDeclaredConstructors()).anyMatch(DataTypes::isForJson)
                ? null
                : raw.getName()
                        + " has neither a constructor without parameters that is public or protected, nor one with"
                        + " @JsonbCreator";
    }

    private static boolean isForJson(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 && isOpen(constructor.getModifiers());
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** Yasson knows what a variable such as T stands for in List<T>, but not alone, in what it passes to creators. */
    private static @Nullable String whyNotCreated(Class<?> raw, Stream<? extends Executable> creators) {
        return creators.flatMap(creator -> Stream.of(creator.getGenericParameterTypes()))
                .filter(parameter ->
                        parameter instanceof TypeVariable<?> variable && variable.getBounds()[0] == Object.class)
                .findFirst()
                .map(variable -> raw.getName() + " is made of a plain " + variable.getTypeName()
                        + ", which JSON-B does not"
                        + " resolve there: use a class with a field of that type, or an Optional or a List of it")
                .orElse(null);
    }

    private static @Nullable String whyNotWritten(Class<?> raw) {
        boolean known = VALUES.stream().anyMatch(value -> value.isAssignableFrom(raw))
                || Stream.of(Collection.class, Map.class, Enum.class).anyMatch(kind -> kind.isAssignableFrom(raw));
        if (known || isAdapted(raw)) {
            return null;
        }
        if (!isOfApplication(raw) || acts(raw)) {
            return raw.getName() + " is no data that JSON could carry";
        }
        return isOpen(raw.getModifiers()) || raw.isAnonymousClass() || raw.isAnnotationPresent(JsonbTypeInfo.class)
                ? null
                : raw.getName() + " is not public, so that JSON-B cannot read and write it";
    }

    private static boolean isAdapted(Class<?> raw) {
        return ADAPTED.stream().anyMatch(raw::isAnnotationPresent);
    }

    private static boolean isOfApplication(Class<?> raw) {
        return Stream.of("java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.")
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
}
