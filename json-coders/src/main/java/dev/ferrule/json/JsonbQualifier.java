package dev.ferrule.json;

import java.lang.annotation.Annotation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses, for one endpoint, among the application's beans of type {@code Jsonb} or {@code JsonbConfig}: the one that has the
 * named qualifier, whatever values its members have. That there is none is an error at deployment. Endpoints have it from their
 * superclasses, too.
 *
 * <pre>{@code
 * @ServerEndpoint("/orders")
 * @JsonbQualifier(Compact.class)
 * public class Orders { ... }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JsonbQualifier {
    /** The qualifier. */
    Class<? extends Annotation> value();
}
