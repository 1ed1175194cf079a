package dev.ferrule.container.endpoint;

import dev.ferrule.container.spi.CallbackGuard;
import dev.ferrule.container.spi.GenericTypes;
import dev.ferrule.container.spi.TextConversion;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of one annotated endpoint class, checked against every rule of the specification (§4). Immutable; read once
 * per deployment, always from the class itself and never from a proxy's.
 */
public final class EndpointModel {
    private final Class<?> type;
    private final @Nullable CallbackMethod open;
    private final @Nullable CallbackMethod close;
    private final @Nullable CallbackMethod error;
    private final List<MessageMethod> messages;

    private EndpointModel(Reading reading) {
        this.type = reading.type;
        this.open = reading.one(OnOpen.class);
        this.close = reading.one(OnClose.class);
        this.error = reading.one(OnError.class);
        this.messages = List.copyOf(reading.messages());
    }

    /**
     * Reads a class.
     *
     * @param type the endpoint class
     * @param variables the names of its path's variables
     * @param coders what its encoders and decoders can do
     * @param guard what is to be checked before callbacks
     * @param problems takes a sentence for each rule that is broken, with class, method and parameter
     * @return the model; of use only when no problem was added
     */
    public static EndpointModel read(
            Class<?> type,
            Set<String> variables,
            MessageShape.Coders coders,
            CallbackGuard guard,
            List<String> problems) {
        return new EndpointModel(new Reading(type, variables, coders, guard, problems));
    }

    /** The endpoint class. */
    public Class<?> type() {
        return type;
    }

    @Nullable
    CallbackMethod open() {
        return open;
    }

    @Nullable
    CallbackMethod close() {
        return close;
    }

    @Nullable
    CallbackMethod error() {
        return error;
    }

    /** The methods that take messages. */
    public List<MessageMethod> messages() {
        return messages;
    }

    /** Every callback method, for those who must know whether it can be called through a proxy. */
    public List<Method> callbacks() {
        List<Method> methods = new ArrayList<>();
        for (CallbackMethod callback : new CallbackMethod[] {open, close, error}) {
            if (callback != null) {
                methods.add(callback.method());
            }
        }
        messages.forEach(message -> methods.add(message.callback().method()));
        return methods;
    }

    /** One reading of one class; collects every problem instead of stopping at the first. */
    private static final class Reading {
        private static final Map<Class<? extends Annotation>, Map<Class<?>, Binder>> SPECIAL = Map.of(
                OnOpen.class, Map.of(Session.class, Binder.SESSION, EndpointConfig.class, Binder.CONFIG),
                OnMessage.class, Map.of(Session.class, Binder.SESSION),
                OnClose.class, Map.of(Session.class, Binder.SESSION, CloseReason.class, Binder.REASON),
                OnError.class, Map.of(Session.class, Binder.SESSION, Throwable.class, Binder.ERROR));

        final Class<?> type;
        private final Set<String> variables;
        private final MessageShape.Coders coders;
        private final CallbackGuard guard;
        private final List<String> problems;

        Reading(
                Class<?> type,
                Set<String> variables,
                MessageShape.Coders coders,
                CallbackGuard guard,
                List<String> problems) {
            this.guard = guard;
            this.type = type;
            this.variables = variables;
            this.coders = coders;
            this.problems = problems;
        }

        /** The only callback for an event that has at most one (WSC-4.4-3, WSC-4.5-4, WSC-4.6-3). */
        @Nullable
        CallbackMethod one(Class<? extends Annotation> event) {
            List<Method> methods = CallbackScanner.find(type, event);
            if (methods.size() > 1) {
                problems.add(name(event) + " stands on several methods of " + type.getName()
                        + ", but only one is allowed: " + list(methods));
            }
            return methods.isEmpty() ? null : callback(methods.get(0), event);
        }

        private @Nullable CallbackMethod callback(Method method, Class<? extends Annotation> event) {
            List<Binder> binders = new ArrayList<>();
            for (Parameter parameter : method.getParameters()) {
                Binder binder = known(method, parameter, event, binders);
                if (binder == null) {
                    problems.add(where(method, parameter) + " is nothing that " + name(event) + " provides: "
                            + allowed(event));
                    binder = arguments -> null;
                }
                binders.add(binder);
            }
            if (event == OnError.class && !binders.contains(Binder.ERROR)) {
                problems.add(CallbackMethod.describe(method)
                        + " has no parameter of type Throwable, which @OnError must have");
            }
            return bind(method, binders);
        }

        private @Nullable Binder known(
                Method method, Parameter parameter, Class<? extends Annotation> event, List<Binder> before) {
            PathParam path = parameter.getAnnotation(PathParam.class);
            if (path != null) {
                return pathBinder(method, parameter, bare(path.value()));
            }
            Binder special = Objects.requireNonNull(SPECIAL.get(event)).get(parameter.getType());
            if (special != null && before.contains(special)) {
                problems.add(where(method, parameter) + " occurs twice");
            }
            return special;
        }

        /** The name of a variable, also where it is written with its braces: no name can have any, so it is clear what is meant. */
        private static String bare(String name) {
            return name.startsWith("{") && name.endsWith("}") ? name.substring(1, name.length() - 1) : name;
        }

        private Binder pathBinder(Method method, Parameter parameter, String name) {
            String where = where(method, parameter);
            Function<String, Object> conversion = TextConversion.to(parameter.getType());
            if (conversion == null) {
                problems.add(where + " with @PathParam must be a String, a primitive or its wrapper");
                return arguments -> null;
            }
            if (parameter.getType().isPrimitive() && !variables.contains(name)) {
                problems.add(where + " can never have a value: the path has no variable {" + name + "}; use "
                        + "a wrapper type if null is meant");
            }
            return Binder.path(name, where, conversion);
        }

        List<MessageMethod> messages() {
            List<MessageMethod> found = new ArrayList<>();
            Map<MessageShape.Kind, Method> takers = new EnumMap<>(MessageShape.Kind.class);
            for (Method method : CallbackScanner.find(type, OnMessage.class)) {
                for (MessageMethod message : message(method)) {
                    Method other = message.shape().yields()
                            ? null
                            : takers.putIfAbsent(message.shape().kind(), method);
                    if (other != null) {
                        problems.add("Both " + CallbackMethod.describe(other) + " and "
                                + CallbackMethod.describe(method)
                                + " take " + message.shape().kind().name().toLowerCase(Locale.ROOT)
                                + " messages, but only one @OnMessage method may");
                    }
                    found.add(message);
                }
            }
            return found;
        }

        private List<MessageMethod> message(Method method) {
            List<Binder> binders = new ArrayList<>();
            List<Integer> others = new ArrayList<>();
            Parameter[] parameters = method.getParameters();
            for (int i = 0; i < parameters.length; i++) {
                Binder binder = known(method, parameters[i], OnMessage.class, binders);
                if (binder == null) {
                    others.add(i);
                    binder = Binder.MESSAGE;
                }
                binders.add(binder);
            }
            List<MessageShape> shapes = shapes(method, others, binders);
            Type returns = GenericTypes.resolve(method.getGenericReturnType(), type);
            if (returns != void.class && returns != Void.class && !coders.canEncode(returns)) {
                problems.add(CallbackMethod.describe(method) + " returns " + returns.getTypeName()
                        + ", for which there is no encoder: " + coders.remedy(returns));
            }
            long limit = method.getAnnotation(OnMessage.class).maxMessageSize();
            if (limit > Integer.MAX_VALUE) {
                problems.add(CallbackMethod.describe(method) + " has a maxMessageSize of " + limit
                        + ", which is more than the largest possible, " + Integer.MAX_VALUE);
            }
            CallbackMethod callback = bind(method, binders);
            List<MessageMethod> result = new ArrayList<>();
            if (callback != null) {
                shapes.forEach(shape -> result.add(new MessageMethod(callback, shape, limit)));
            }
            return result;
        }

        private List<MessageShape> shapes(Method method, List<Integer> others, List<Binder> binders) {
            Type[] types = method.getGenericParameterTypes();
            if (others.size() == 1) {
                Type wanted = GenericTypes.resolve(types[others.get(0)], type);
                List<MessageShape> shapes = MessageShape.whole(wanted, coders);
                if (shapes.isEmpty()) {
                    problems.add(where(method, method.getParameters()[others.get(0)])
                            + " cannot be a message: no decoder makes " + wanted.getTypeName() + ": "
                            + coders.remedy(wanted));
                }
                return shapes;
            }
            if (others.size() == 2) {
                int flag = isFlag(method, others.get(1)) ? 1 : 0;
                int part = 1 - flag;
                List<MessageShape> shapes = MessageShape.partial(GenericTypes.resolve(types[others.get(part)], type));
                if (isFlag(method, others.get(flag)) && !shapes.isEmpty()) {
                    binders.set(others.get(flag), Binder.LAST);
                    return shapes;
                }
            }
            problems.add(CallbackMethod.describe(method)
                    + (others.isEmpty()
                            ? " has no parameter for the message"
                            : " has parameters that do not go together: @OnMessage takes one message, or String, ByteBuffer or byte[]"
                                    + " with a boolean that says whether the part is the last, and optionally Session and"
                                    + " @PathParam parameters"));
            return List.of();
        }

        private static boolean isFlag(Method method, int index) {
            Class<?> type = method.getParameterTypes()[index];
            return type == boolean.class || type == Boolean.class;
        }

        private @Nullable CallbackMethod bind(Method method, List<Binder> binders) {
            if (Modifier.isStatic(method.getModifiers())) {
                problems.add(CallbackMethod.describe(method) + " is static: a callback needs the endpoint's instance");
                return null;
            }
            try {
                Type returns = GenericTypes.resolve(method.getGenericReturnType(), type);
                return CallbackMethod.bind(method, returns, binders, guard.checkOf(type, method));
            } catch (InaccessibleObjectException closed) {
                problems.add(CallbackMethod.describe(method) + " cannot be called: its module must open the package "
                        + method.getDeclaringClass().getPackageName() + " to dev.ferrule.container");
                return null;
            }
        }

        private static String allowed(Class<? extends Annotation> event) {
            String names = Objects.requireNonNull(SPECIAL.get(event)).keySet().stream()
                    .map(Class::getSimpleName)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return "it takes " + names + " and parameters with @PathParam";
        }

        private static String where(Method method, Parameter parameter) {
            return CallbackMethod.describe(method) + ": the parameter "
                    + parameter.getType().getSimpleName() + " " + parameter.getName();
        }

        private static String name(Class<? extends Annotation> event) {
            return "@" + event.getSimpleName();
        }

        private static String list(List<Method> methods) {
            return methods.stream().map(CallbackMethod::describe).collect(Collectors.joining(", "));
        }
    }
}
