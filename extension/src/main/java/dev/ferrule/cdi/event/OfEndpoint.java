package dev.ferrule.cdi.event;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Events of the connections of one endpoint class; without this qualifier an observer gets those of all. */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface OfEndpoint {
    /** The endpoint class. */
    Class<?> value();

    /** For selecting in code. */
    @SuppressWarnings("ClassExplicitlyAnnotation")
    final class Literal extends AnnotationLiteral<OfEndpoint> implements OfEndpoint {
        private static final long serialVersionUID = 1L;

        private final Class<?> endpoint;

        private Literal(Class<?> endpoint) {
            this.endpoint = endpoint;
        }

        /** The annotation with an endpoint class. */
        public static Literal of(Class<?> endpoint) {
            return new Literal(endpoint);
        }

        @Override
        public Class<?> value() {
            return endpoint;
        }
    }
}
