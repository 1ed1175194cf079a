package dev.ferrule.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The embedded server's base URI with the real port, such as {@code ws://127.0.0.1:8080/}:
 *
 * <pre>{@code
 * @Inject @ServerUri URI server;
 * }</pre>
 *
 * <p>There is one when the application scope has been initialized and there are endpoints. A bean that is made earlier injects
 * {@code Instance<URI>} and asks it later.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface ServerUri {
    /** For looking it up in code. */
    final class Literal extends AnnotationLiteral<ServerUri> implements ServerUri {
        private static final long serialVersionUID = 1L;

        /** The annotation. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
