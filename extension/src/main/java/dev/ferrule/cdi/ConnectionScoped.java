package dev.ferrule.cdi;

import jakarta.enterprise.context.NormalScope;
import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One instance for each connection, shared by every bean that is injected with it there:
 *
 * <pre>{@code
 * @ConnectionScoped
 * public class Draft {
 *     private final StringBuilder text = new StringBuilder();
 * }
 * }</pre>
 *
 * <p>The scope is active in every callback, encoder, decoder, configurator call and observer of the connection, on servers and
 * clients, and in tasks of the executor that {@link InConnection} injects. It begins before {@code checkOrigin} and ends after
 * {@code onClose}, when the coders are destroyed, the endpoint released and the executor's tasks of this connection done; at once
 * where the handshake is refused. There is no passivation.
 *
 * <p>Beginning and end are observable by {@code @Initialized}, {@code @BeforeDestroyed} and
 * {@code @Destroyed(ConnectionScoped.class)} with an event of type {@link dev.ferrule.container.spi.OpeningHandshake}.
 */
@NormalScope
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
public @interface ConnectionScoped {
    /** For adding it in code. */
    final class Literal extends AnnotationLiteral<ConnectionScoped> implements ConnectionScoped {
        private static final long serialVersionUID = 1L;

        /** The annotation. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
