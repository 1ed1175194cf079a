package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.settings.Keys;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.DecodeException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints that speak in records, through the whole container. */
@Timeout(20)
class JsonOverMemoryTest {
    public record Query(String item, int most) {}

    public record Order(String item, int count) {}

    @ServerEndpoint("/orders")
    public static class Orders {
        @OnMessage
        public List<Order> find(Query query) {
            return List.of(new Order(query.item(), 1), new Order(query.item(), query.most()));
        }

        @OnError
        public void failed(Session session, Throwable error) {
            session.getAsyncRemote().sendObject(Map.of("refused", error instanceof DecodeException));
        }
    }

    @ServerEndpoint("/wrong")
    public static class Wrong {
        @OnMessage
        public void take(InputStream in, Thread thread) {}
    }

    record Hidden(int number) {}

    @ServerEndpoint("/hidden")
    public static class TakesHidden {
        @OnMessage
        public Hidden back(Hidden hidden) {
            return hidden;
        }
    }

    @ClientEndpoint
    public static class Client {
        final BlockingQueue<List<Order>> received = new LinkedBlockingQueue<>();

        @OnMessage
        public void orders(List<Order> orders) {
            received.add(orders);
        }
    }

    @ClientEndpoint
    public static class TextClient {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @OnMessage
        public void text(String text) {
            received.add(text);
        }
    }

    @Test
    void recordsAndGenericListsGoThereAndBack() throws Exception {
        try (FerruleServer server = server(Orders.class)) {
            Client client = new Client();
            Session session =
                    server.container().connectToServer(client, server.uri().resolve("orders"));
            session.getBasicRemote().sendObject(new Query("cup", 3));
            assertThat(client.received.poll(5, TimeUnit.SECONDS))
                    .isEqualTo(List.of(new Order("cup", 1), new Order("cup", 3)));
        }
    }

    @Test
    void aTextThatIsNoQueryIsReportedAndTheConnectionStays() throws Exception {
        try (FerruleServer server = server(Orders.class)) {
            TextClient client = new TextClient();
            Session session =
                    server.container().connectToServer(client, server.uri().resolve("orders"));
            session.getBasicRemote().sendText("{\"unknown\":[");
            assertThat(client.received.poll(5, TimeUnit.SECONDS)).isEqualTo("{\"refused\":true}");
            session.getBasicRemote().sendText("{\"item\":\"cup\",\"most\":2}");
            assertThat(client.received.poll(5, TimeUnit.SECONDS))
                    .isEqualTo("[{\"count\":1,\"item\":\"cup\"},{\"count\":2,\"item\":\"cup\"}]");
        }
    }

    @Test
    void aParameterThatIsNoDataStaysADeploymentError() {
        assertThatThrownBy(() -> server(Wrong.class).close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("Wrong");
    }

    @Test
    void whyATypeCannotBeJsonIsPartOfTheDeploymentError() {
        assertThatThrownBy(() -> server(TakesHidden.class).close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "no decoder makes " + Hidden.class.getName(),
                        "for which there is no encoder",
                        "Hidden is not public, so that JSON-B cannot read and write it");
    }

    private static FerruleServer server(Class<?> endpoint) throws Exception {
        return FerruleServer.builder()
                .set(Keys.TRANSPORT, "memory")
                .set(Keys.PORT, 0)
                .endpoint(endpoint)
                .start();
    }
}
