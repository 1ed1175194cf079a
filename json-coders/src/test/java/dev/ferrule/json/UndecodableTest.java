package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.json.Shapes.Order;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are not what the endpoint takes: to its error method, or by the strategy of the settings. */
@Timeout(30)
class UndecodableTest {
    private static final String ORDER = "{\"count\":2,\"item\":\"cup\"}";

    @ServerEndpoint("/silent")
    public static class Silent {
        @OnMessage
        public Order back(Order order) {
            return order;
        }
    }

    public static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(new MessageHandler.Whole<Order>() {
                @Override
                public void onMessage(Order order) {
                    session.getAsyncRemote().sendObject(order);
                }
            });
        }
    }

    @ServerEndpoint("/listening")
    public static class Listening {
        static final BlockingQueue<Throwable> ERRORS = new LinkedBlockingQueue<>();

        @OnMessage
        public Order back(Order order) {
            return order;
        }

        @OnError
        public void failed(Throwable error) {
            ERRORS.add(error);
        }
    }

    private static FerruleServer server(String strategy) throws Exception {
        return FerruleServer.builder()
                .set(Keys.TRANSPORT, "memory")
                .set(Keys.PORT, 0)
                .set(Keys.ERROR_STRATEGY, strategy)
                .endpoint(Silent.class)
                .endpoint(Listening.class)
                .endpoint(ServerEndpointConfig.Builder.create(Programmatic.class, "/programmatic")
                        .build())
                .start();
    }

    @Test
    void anErrorMethodGetsTheTextTheTypeAndThePosition() throws Exception {
        try (FerruleServer server = server("close-1007")) {
            Talk talk = Talk.with(server, "listening");
            talk.say("{\"item\":\"cup\",\n\"count\" 2}");
            assertThat(Listening.ERRORS.poll(5, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            DecodeException.class,
                            error -> assertThat(error.getText()).isEqualTo("{\"item\":\"cup\",\n\"count\" 2}"))
                    .hasMessageContainingAll("Shapes$Order", "line no=2");
            talk.session().getBasicRemote().sendBinary(ByteBuffer.wrap(new byte[] {'{', (byte) 0xc0, '}'}));
            assertThat(Listening.ERRORS.poll(5, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            DecodeException.class,
                            error -> assertThat(error.getBytes())
                                    .isEqualTo(ByteBuffer.wrap(new byte[] {'{', (byte) 0xc0, '}'})));
            assertThat(talk.say(ORDER).next()).isEqualTo(ORDER);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "keep, silent, 0",
        "keep, programmatic, 0",
        "close-1007, silent, 1007",
        "close-1007, programmatic, 1007",
        "close-1003, silent, 1003",
        "close-1003, programmatic, 1003"
    })
    void withoutAnErrorMethodTheStrategyDecides(String strategy, String path, int code) throws Exception {
        try (FerruleServer server = server(strategy)) {
            Talk talk = Talk.with(server, path).say("{\"count\":");
            if (code == 0) {
                assertThat(talk.say(ORDER).next()).isEqualTo(ORDER);
            } else {
                assertThat(talk.endCode()).isEqualTo(code);
            }
        }
    }

    @Test
    void anEndpointMayHaveAStrategyOfItsOwn() throws Exception {
        try (FerruleServer server = FerruleServer.builder()
                .set(Keys.TRANSPORT, "memory")
                .set(Keys.PORT, 0)
                .set("ferrule.endpoint.\"/silent\".errors.strategy", "close-1003")
                .endpoint(Silent.class)
                .endpoint(ServerEndpointConfig.Builder.create(Programmatic.class, "/programmatic")
                        .build())
                .start()) {
            assertThat(Talk.with(server, "silent").say("{\"count\":").endCode()).isEqualTo(1003);
            assertThat(Talk.with(server, "programmatic")
                            .say("{\"count\":")
                            .say(ORDER)
                            .next())
                    .isEqualTo(ORDER);
        }
    }

    @Test
    void aFloodOfThemIsOneLineInTheLog() throws Exception {
        List<String> lines = new ArrayList<>();
        Handler recorder = new Handler() {
            @Override
            public synchronized void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.ferrule");
        logger.addHandler(recorder);
        try (FerruleServer server = server("keep")) {
            Talk talk = Talk.with(server, "silent");
            for (int i = 0; i < 100; i++) {
                talk.say("{\"count\":");
            }
            talk.say(ORDER).next();
        } finally {
            logger.removeHandler(recorder);
        }
        assertThat(lines)
                .filteredOn(line -> line.contains("cannot decode"))
                .singleElement()
                .asString()
                .contains("Silent", "Shapes$Order", "at character 10");
    }
}
