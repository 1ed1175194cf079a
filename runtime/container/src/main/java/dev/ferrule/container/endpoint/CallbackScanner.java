package dev.ferrule.container.endpoint;

import dev.ferrule.container.spi.GenericTypes;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the annotated methods of a class: its own, and those of its superclasses that no subclass overrides (§4.8,
 * WSC-4.8.1). An override without the annotation takes the callback away.
 */
final class CallbackScanner {
    private CallbackScanner() {}

    /** The methods for an event, the most derived class first. */
    static List<Method> find(Class<?> type, Class<? extends Annotation> event) {
        List<Method> seen = new ArrayList<>();
        List<Method> found = new ArrayList<>();
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            Method[] declared = level.getDeclaredMethods();
            Arrays.sort(declared, CallbackScanner::compare);
            for (Method method : declared) {
                if (!method.isSynthetic()
                        && method.isAnnotationPresent(event)
                        && seen.stream().noneMatch(derived -> overrides(derived, method))) {
                    found.add(method);
                }
            }
            // What javac adds passes calls on, perhaps to a superclass that is not public: it overrides nothing.
            Arrays.stream(declared).filter(method -> !method.isSynthetic()).forEach(seen::add);
        }
        return found;
    }

    /** Any order will do, if only it is always the same one. */
    private static int compare(Method one, Method other) {
        int byName = one.getName().compareTo(other.getName());
        return byName != 0 ? byName : one.toString().compareTo(other.toString());
    }

    private static boolean overrides(Method derived, Method inherited) {
        int modifiers = inherited.getModifiers();
        boolean visible = Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers)
                || (!Modifier.isPrivate(modifiers)
                        && derived.getDeclaringClass().getPackage()
                                == inherited.getDeclaringClass().getPackage());
        return visible
                && !Modifier.isPrivate(derived.getModifiers())
                && derived.getName().equals(inherited.getName())
                && takesTheSame(derived, inherited);
    }

    /** A parameter of a generic type is overridden by one of its argument, or of its bound. */
    private static boolean takesTheSame(Method derived, Method inherited) {
        Class<?>[] own = derived.getParameterTypes();
        Class<?>[] erased = inherited.getParameterTypes();
        Type[] generic = inherited.getGenericParameterTypes();
        boolean same = own.length == erased.length;
        for (int i = 0; same && i < own.length; i++) {
            same = own[i] == erased[i]
                    || own[i] == GenericTypes.raw(GenericTypes.resolve(generic[i], derived.getDeclaringClass()));
        }
        return same;
    }
}
