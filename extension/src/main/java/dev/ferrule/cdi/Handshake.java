package dev.ferrule.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the opening handshake of the connection settled: who the peer is.
 *
 * <pre>{@code
 * @Inject @Handshake Principal user;
 * }</pre>
 *
 * <p>Where no other bean has the type, the qualifier may be left out. The injected principal is a proxy for that of the connection
 * whose code the thread runs; an anonymous peer has none, and the proxy's methods then throw {@code IllegalStateException}:
 * {@code Session.getUserPrincipal()} answers null there.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface Handshake {
    /** For looking it up in code. */
    final class Literal extends AnnotationLiteral<Handshake> implements Handshake {
        private static final long serialVersionUID = 1L;

        /** The annotation. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
