package dev.ferrule.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each test of the class gets a server of its own with these endpoints, which ends with the test, and its clients before it:
 *
 * <pre>{@code
 * @WebSocketTest(Echo.class)
 * class EchoTest {
 *     @Test
 *     void textComesBack(@Connect("echo") TestClient client) throws Exception {
 *         client.sendText("hello");
 *         assertThat(client.expect(String.class).within(ofSeconds(1))).isEqualTo("hello");
 *     }
 * }
 * }</pre>
 *
 * @see TestServer
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(WebSocketTestExtension.class)
public @interface WebSocketTest {
    /** The endpoints: annotated classes, without dependency injection. */
    Class<?>[] value();

    /** Whether the server listens on a free port; otherwise only the test's clients reach it, in memory. */
    boolean onPort() default false;

    /**
     * Settings of the server, such as {@code "ferrule.limits.message=1K"}. Its limits for messages and its idle timeout are not its
     * clients'.
     */
    String[] settings() default {};
}
