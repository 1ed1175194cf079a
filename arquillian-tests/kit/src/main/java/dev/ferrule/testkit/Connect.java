package dev.ferrule.testkit;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of a test method that is a client, connected to the server under test and closed after the test:
 *
 * <pre>{@code
 * @Test
 * void aPostIsAnswered(@Connect("chat/lobby") TestClient ada) throws Exception {
 *     ada.send(new Post("hello"));
 *     assertThat(ada.expect(Reply.class).within(ofSeconds(1)).text()).isEqualTo("HELLO");
 * }
 * }</pre>
 *
 * <p>The server's {@code onOpen} has returned when the test begins. A server that refuses fails the test.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Connect {
    /** The path below the server's base URI, with a query if need be. */
    String value();

    /** The subprotocols that the client offers, the preferred one first. */
    String[] subprotocols() default {};

    /** The encoders of what {@link TestClient#send} sends. */
    Class<? extends Encoder>[] encoders() default {};

    /** The decoders for {@link TestClient#expect}. */
    Class<? extends Decoder>[] decoders() default {};

    /** What sees the request and the response, for headers. */
    Class<? extends ClientEndpointConfig.Configurator> configurator() default ClientEndpointConfig.Configurator.class;
}
