package dev.ferrule.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The executor whose tasks belong to the connection that hands them over:
 *
 * <pre>{@code
 * @Inject @InConnection Executor executor;
 *
 * CompletableFuture.supplyAsync(() -> prices.look(up), executor)
 *         .thenAcceptAsync(draft::add, executor);          // draft is @ConnectionScoped
 * }</pre>
 *
 * <p>A task runs on a thread such as callbacks run on, where it may block, beside the connection's callbacks. It is a request of
 * its own. The connection's beans live until the task has ended. A task that is handed over outside of a connection runs outside
 * of one.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface InConnection {
    /** For looking it up in code. */
    final class Literal extends AnnotationLiteral<InConnection> implements InConnection {
        private static final long serialVersionUID = 1L;

        /** The annotation. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
