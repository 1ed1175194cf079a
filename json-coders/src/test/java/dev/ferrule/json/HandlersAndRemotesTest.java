package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.FerruleClient;
import dev.ferrule.container.FerruleServer;
import dev.ferrule.json.Shapes.Buy;
import dev.ferrule.json.Shapes.Command;
import dev.ferrule.json.Shapes.Order;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programmatic endpoints, clients and {@code sendObject}: JSON with nothing to declare there either. */
@Timeout(30)
class HandlersAndRemotesTest {
    /** A programmatic endpoint: the handler's class says what it takes, and returns go by {@code sendObject}. */
    public static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(new MessageHandler.Whole<List<Order>>() {
                @Override
                public void onMessage(List<Order> orders) {
                    for (Order order : orders) {
                        session.getAsyncRemote().sendObject(order);
                    }
                }
            });
        }
    }

    @ServerEndpoint("/commands")
    public static class Commands {
        @OnMessage
        public Command back(Command command) {
            return command;
        }
    }

    @ClientEndpoint
    public static class Client {
        final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();

        @OnOpen
        public void open(Session session) {
            session.getAsyncRemote().sendObject(new Buy("first", 1));
        }

        @OnMessage
        public void take(Command command) {
            commands.add(command);
        }
    }

    public static class Circular {
        public Circular next;
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "netty"})
    void aHandlersClassSaysWhatItTakes(String transport) throws Exception {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(Programmatic.class, "/orders")
                .build();
        try (FerruleServer server = FerruleServer.builder()
                .set("ferrule.transport", transport)
                .set("ferrule.port", "0")
                .endpoint(config)
                .start()) {
            Talk talk = Talk.with(server, "orders");
            talk.say("[{\"item\":\"cup\",\"count\":1},{\"item\":\"pot\",\"count\":2}]");
            assertThat(talk.next()).isEqualTo("{\"count\":1,\"item\":\"cup\"}");
            assertThat(talk.next()).isEqualTo("{\"count\":2,\"item\":\"pot\"}");
        }
    }

    @Test
    void aHandlerWithANamedTypeYieldsBytesToOneThatWantsThem() throws Exception {
        try (FerruleServer server = Talk.server("memory", Commands.class)) {
            BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
            Endpoint client = new Endpoint() {
                @Override
                public void onOpen(Session session, EndpointConfig config) {
                    MessageHandler.Whole<Command> handler = commands::add;
                    session.addMessageHandler(Command.class, handler);
                    session.addMessageHandler(byte[].class, (MessageHandler.Whole<byte[]>) bytes -> {});
                    assertThat(session.getMessageHandlers()).hasSize(2);
                    assertThatThrownBy(() -> session.addMessageHandler(String.class, text -> {}))
                            .isInstanceOf(IllegalStateException.class);
                }
            };
            Session session = server.container()
                    .connectToServer(
                            client,
                            ClientEndpointConfig.Builder.create().build(),
                            server.uri().resolve("commands"));
            session.getBasicRemote().sendObject(new Buy("cup", 2));
            assertThat(commands.poll(5, TimeUnit.SECONDS)).isEqualTo(new Buy("cup", 2));
        }
    }

    @Test
    void everyKindOfClientSpeaksJson() throws Exception {
        try (FerruleServer server = Talk.server("netty", Commands.class);
                FerruleClient own = FerruleClient.builder()
                        .set("ferrule.transport", "netty")
                        .build()) {
            for (WebSocketContainer container :
                    List.of(server.container(), own, ContainerProvider.getWebSocketContainer())) {
                Client client = new Client();
                Session session = container.connectToServer(client, server.uri().resolve("commands"));
                assertThat(client.commands.poll(5, TimeUnit.SECONDS)).isEqualTo(new Buy("first", 1));
                session.getBasicRemote().sendObject(new Buy("second", 2));
                assertThat(client.commands.poll(5, TimeUnit.SECONDS)).isEqualTo(new Buy("second", 2));
                session.close();
            }
        }
    }

    @Test
    void whatCannotBeWrittenReachesTheSenderAndTheSessionStays() throws Exception {
        Circular circular = new Circular();
        circular.next = circular;
        try (FerruleServer server = Talk.server("memory", Commands.class)) {
            Client client = new Client();
            Session session =
                    server.container().connectToServer(client, server.uri().resolve("commands"));
            assertThat(client.commands.poll(5, TimeUnit.SECONDS)).isNotNull();

            assertThatThrownBy(() -> session.getBasicRemote().sendObject(circular))
                    .isInstanceOfSatisfying(
                            EncodeException.class,
                            failure -> assertThat(failure.getObject()).isSameAs(circular));
            assertThatThrownBy(
                            () -> session.getAsyncRemote().sendObject(circular).get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(EncodeException.class);
            CompletableFuture<SendResult> result = new CompletableFuture<>();
            session.getAsyncRemote().sendObject(circular, result::complete);
            assertThat(result.get(5, TimeUnit.SECONDS).getException()).isInstanceOf(EncodeException.class);
            assertThatThrownBy(() -> session.getBasicRemote().sendObject(new Thread()))
                    .isInstanceOf(EncodeException.class)
                    .hasMessageContaining("java.lang.Thread is no data");

            session.getBasicRemote().sendObject(new Buy("after", 3));
            assertThat(client.commands.poll(5, TimeUnit.SECONDS)).isEqualTo(new Buy("after", 3));
        }
    }
}
