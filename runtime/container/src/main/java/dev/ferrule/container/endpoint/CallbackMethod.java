package dev.ferrule.container.endpoint;

import dev.ferrule.container.spi.CallbackGuard;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One annotated method, read once per class: calls it with the arguments it asks for. Threading: any thread. */
public final class CallbackMethod {
    private final Method method;
    private final Type returnType;
    private final Binder[] binders;
    private final CallbackGuard.@Nullable Check check;

    /** Made by the first call: handles are dear, and an application has methods that nobody calls for long. */
    private @Nullable MethodHandle handle;

    private CallbackMethod(Method method, Type returnType, List<Binder> binders, CallbackGuard.@Nullable Check check) {
        this.check = check;
        this.method = method;
        this.returnType = returnType;
        this.binders = binders.toArray(Binder[]::new);
    }

    /**
     * Binds a method.
     *
     * @param check comes before each call, unless it is null
     * @throws InaccessibleObjectException when the method's module does not let us call it
     */
    static CallbackMethod bind(
            Method method, Type returnType, List<Binder> binders, CallbackGuard.@Nullable Check check) {
        method.setAccessible(true);
        return new CallbackMethod(method, returnType, binders, check);
    }

    /** Threads that come first together may each make one; they are alike. */
    private MethodHandle handle() {
        MethodHandle made = handle;
        if (made == null) {
            try {
                made = MethodHandles.lookup()
                        .unreflect(method)
                        .asSpreader(Object[].class, binders.length)
                        .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
            } catch (IllegalAccessException impossible) {
                throw new IllegalStateException("A method that was made accessible is not: " + method, impossible);
            }
            handle = made;
        }
        return made;
    }

    /**
     * Calls the method.
     *
     * @return what it returned; null also when it returns nothing
     * @throws Throwable what it or its check threw, unwrapped, or a {@link jakarta.websocket.DecodeException} for a path parameter
     */
    @Nullable
    Object call(Object instance, Arguments arguments) throws Throwable {
        Object[] values = new Object[binders.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = binders[i].value(arguments);
        }
        if (check != null) {
            check.check(instance, values);
        }
        return (Object) handle().invokeExact(instance, values);
    }

    /** The type that the method declares to return, as its class sees it. */
    Type returnType() {
        return returnType;
    }

    /** The method. */
    public Method method() {
        return method;
    }

    /** For people: class, method and parameter types. */
    static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName()
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String toString() {
        return describe(method);
    }
}
