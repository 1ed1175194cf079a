package dev.ferrule.container.spi;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Java keeps of generic types, answered where coders, handlers and inherited callbacks need it. */
public final class GenericTypes {
    private GenericTypes() {}

    /**
     * The argument that a class gives to the only type parameter of a generic ancestor: {@code Order} for a
     * {@code class OrderDecoder extends Base<Order>} whose {@code Base<T>} implements {@code Decoder.Text<T>}.
     *
     * @return the argument, resolved as far as Java keeps it, or null when Java does not (raw types, lambdas)
     */
    public static @Nullable Type argument(Class<?> type, Class<?> ancestor) {
        Type argument = argumentOrVariable(type, ancestor);
        return argument instanceof TypeVariable ? null : argument;
    }

    /** As {@link #argument}, but the class's own type variable where it leaves the argument open. */
    public static @Nullable Type argumentOrVariable(Class<?> type, Class<?> ancestor) {
        Map<TypeVariable<?>, Type> bindings = bindings(type);
        Type argument = bindings.get(ancestor.getTypeParameters()[0]);
        return argument == null ? null : resolve(argument, bindings);
    }

    /** A type as a subclass sees it: variables replaced by what the class bound them to, as far as it bound them. */
    public static Type resolve(Type type, Class<?> seenFrom) {
        return resolve(type, bindings(seenFrom));
    }

    /** The class of a type: {@code List} for {@code List<Order>}, the first bound for variables and wildcards. */
    public static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        return raw(((TypeVariable<?>) type).getBounds()[0]);
    }

    private static Map<TypeVariable<?>, Type> bindings(Class<?> type) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        collect(type, bindings);
        return bindings;
    }

    private static void collect(@Nullable Class<?> type, Map<TypeVariable<?>, Type> bindings) {
        if (type == null || type == Object.class) {
            return;
        }
        bind(type.getGenericSuperclass(), bindings);
        collect(type.getSuperclass(), bindings);
        for (Type parent : type.getGenericInterfaces()) {
            bind(parent, bindings);
            collect(raw(parent), bindings);
        }
    }

    private static void bind(@Nullable Type parent, Map<TypeVariable<?>, Type> bindings) {
        if (parent instanceof ParameterizedType parameterized) {
            TypeVariable<?>[] variables = raw(parameterized).getTypeParameters();
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < variables.length; i++) {
                bindings.putIfAbsent(variables[i], arguments[i]);
            }
        }
    }

    private static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            return bound == null || bound.equals(variable) ? type : resolve(bound, bindings);
        }
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = Arrays.stream(parameterized.getActualTypeArguments())
                    .map(argument -> resolve(argument, bindings))
                    .toArray(Type[]::new);
            return new Parameterized(parameterized.getRawType(), parameterized.getOwnerType(), arguments);
        }
        if (type instanceof GenericArrayType array) {
            Type component = resolve(array.getGenericComponentType(), bindings);
            return component instanceof Class<?> plain ? plain.arrayType() : new ArrayOf(component);
        }
        return type;
    }

    /** An array type whose component was resolved; equal to the JDK's own of the same content. */
    private record ArrayOf(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof GenericArrayType that && component.equals(that.getGenericComponentType());
        }

        @Override
        public int hashCode() {
            return component.hashCode();
        }

        @Override
        public String toString() {
            return component.getTypeName() + "[]";
        }
    }

    /** A parameterized type whose arguments were resolved; equal to the JDK's own of the same content. */
    private static final class Parameterized implements ParameterizedType {
        private final Type raw;
        private final @Nullable Type owner;
        private final Type[] arguments;

        Parameterized(Type raw, @Nullable Type owner, Type[] arguments) {
            this.raw = raw;
            this.owner = owner;
            this.arguments = arguments;
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.clone();
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return owner;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ParameterizedType that
                    && raw.equals(that.getRawType())
                    && Objects.equals(owner, that.getOwnerType())
                    && Arrays.equals(arguments, that.getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(arguments) ^ Objects.hashCode(owner) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(raw.getTypeName()).append('<');
            for (int i = 0; i < arguments.length; i++) {
                text.append(i == 0 ? "" : ", ").append(arguments[i].getTypeName());
            }
            return text.append('>').toString();
        }
    }
}
