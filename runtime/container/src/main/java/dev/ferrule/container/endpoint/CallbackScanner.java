package dev.ferrule.container.endpoint;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
            for (Method method : declared) {
                if (!isMereBridge(method, declared)) {
                    seen.add(method);
                }
            }
        }
        return found;
    }

    /**
     * Whether javac made it to pass calls on to a superclass that is not public: it overrides nothing, and is none of the
     * application's. Another bridge stands for a method of its class, whose parameters are as special as its own, or more so.
     */
    private static boolean isMereBridge(Method method, Method[] declared) {
        return method.isSynthetic()
                && Arrays.stream(declared).noneMatch(other -> !other.isSynthetic() && standsFor(method, other));
    }

    private static boolean standsFor(Method bridge, Method method) {
        Class<?>[] passed = bridge.getParameterTypes();
        Class<?>[] taken = method.getParameterTypes();
        boolean same = bridge.getName().equals(method.getName()) && passed.length == taken.length;
        for (int i = 0; same && i < passed.length; i++) {
            same = passed[i].isAssignableFrom(taken[i]);
        }
        return same;
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
                && Arrays.equals(derived.getParameterTypes(), inherited.getParameterTypes());
    }
}
