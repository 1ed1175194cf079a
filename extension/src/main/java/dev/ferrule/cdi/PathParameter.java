package dev.ferrule.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a variable of the path that the peer connected to, as a {@code String}, a primitive or its wrapper:
 *
 * <pre>{@code
 * @Inject @PathParameter("room") String room;
 * }</pre>
 *
 * <p>It is a value and no proxy, so a bean that outlives the connection cannot be injected with it: it injects an {@code Instance},
 * and asks that in a callback. A variable that the path does not have is null, for a primitive an error. A peer whose value does
 * not convert while the connection's beans are made gets a 404.
 *
 * <p>The API's {@code PathParam} says the same of a callback's parameter.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface PathParameter {
    /** The variable's name. */
    @Nonbinding
    String value();

    /** For looking it up in code. */
    @SuppressWarnings("ClassExplicitlyAnnotation")
    final class Literal extends AnnotationLiteral<PathParameter> implements PathParameter {
        private static final long serialVersionUID = 1L;

        private final String name;

        private Literal(String name) {
            this.name = name;
        }

        /** The annotation with a variable's name. */
        public static Literal of(String name) {
            return new Literal(name);
        }

        @Override
        public String value() {
            return name;
        }
    }
}
