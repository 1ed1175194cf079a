package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session is and answers, from before its first callback until after its last (§2.1.2, §5.1). */
@Timeout(20)
class SessionsTest {
    private static volatile CountDownLatch gate = new CountDownLatch(1);

    @ServerEndpoint("/slow-open")
    public static class SlowOpen {
        @OnOpen
        public void open() throws InterruptedException {
            Stage.see("open begins");
            gate.await(5, TimeUnit.SECONDS);
            Stage.see("open returns");
        }

        @OnMessage
        public void text(String text) {
            Stage.see("message");
        }

        @OnClose
        public void close() {
            Stage.see("close");
        }
    }

    @Test
    @Tag("obligation-1.5")
    void neitherMessageNorCloseComesBeforeOpenHasReturned() throws Exception {
        gate = new CountDownLatch(1);
        try (Stage stage = Stage.of(SlowOpen.class)) {
            Peer peer = stage.connect("slow-open");
            assertThat(Stage.next()).isEqualTo("open begins");
            peer.session.getAsyncRemote().sendText("early");
            peer.session.close();
            await().during(Duration.ofMillis(100)).until(() -> Stage.rest().isEmpty());
            gate.countDown();
            assertThat(List.of(Stage.next(), Stage.next(), Stage.next()))
                    .containsExactly("open returns", "message", "close");
        }
    }

    @ServerEndpoint("/same/{name}")
    public static class Same {
        @OnOpen
        public void open(Session session) {
            Stage.see(session);
        }

        @OnMessage
        public void text(String text, Session session) {
            Stage.see(session);
            throw new IllegalStateException("to the error method");
        }

        @OnError
        public void error(Session session, Throwable error) {
            Stage.see(session);
        }

        @OnClose
        public void close(Session session) {
            Stage.see(session);
        }
    }

    @Test
    @Tag("obligation-1.7")
    void everyCallbackGetsTheSameSession() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            stage.connect("same/a").send("x").session.close();
            Object session = Stage.next();
            assertThat(Stage.next()).as("of the message").isSameAs(session);
            assertThat(Stage.next()).as("of the error").isSameAs(session);
            assertThat(Stage.next()).as("of the close").isSameAs(session);
        }
    }

    @ServerEndpoint("/bytes-by-handler")
    public static class BytesByHandler {
        @OnOpen
        public void open(Session session) {
            Stage.see(session);
        }

        @OnMessage
        public void text(String text) {
            Stage.see(text);
        }
    }

    @Test
    void aHandlerOfOneSessionIsNoneOfAnotherOfItsEndpoint() throws Exception {
        try (Stage stage = Stage.of(BytesByHandler.class)) {
            Peer one = stage.connect("bytes-by-handler");
            Session withHandler = (Session) Stage.next();
            Peer other = stage.connect("bytes-by-handler");
            Stage.next();
            MessageHandler.Whole<byte[]> handler = bytes -> Stage.see("bytes of the one");
            withHandler.addMessageHandler(byte[].class, handler);
            other.session.getBasicRemote().sendBinary(ByteBuffer.allocate(1));
            other.send("text of the other");
            assertThat(Stage.next()).isEqualTo("text of the other");
            one.session.getBasicRemote().sendBinary(ByteBuffer.allocate(1));
            assertThat(Stage.next()).isEqualTo("bytes of the one");
        }
    }

    @Test
    @Tag("obligation-1.8")
    void noTwoSessionsShareAnId() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                Peer peer = stage.connect("same/a");
                ids.add(peer.session.getId());
                ids.add(((Session) Stage.next()).getId());
                peer.session.close();
                peer.end();
                Stage.next();
            }
            assertThat(ids).hasSize(100);
        }
    }

    @Test
    void anIdIsAlwaysTheSameText() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            Session session = stage.connect("same/a").session;
            assertThat(session.getId()).isSameAs(session.getId());
        }
    }

    @ServerEndpoint("/until-the-end/{name}")
    public static class UntilTheEnd {
        @OnOpen
        public void open(Session session) {
            session.getUserProperties().put("key", "value");
            Stage.see(session.getId());
        }

        @OnClose
        public void close(Session session) {
            Stage.see(session.getUserProperties().get("key"));
            Stage.see(session.getId());
            Stage.see(session.getPathParameters());
            Stage.see(session.getRequestParameterMap());
            Stage.see(session.getRequestURI().getPath());
        }
    }

    @Test
    @Tag("obligation-1.9")
    @Tag("obligation-6.7")
    void whatASessionKnowsIsReadableInItsCloseCallback() throws Exception {
        try (Stage stage = Stage.of(UntilTheEnd.class)) {
            stage.connect("until-the-end/n?q=1").session.close();
            Object id = Stage.next();
            assertThat(Stage.next()).isEqualTo("value");
            assertThat(Stage.next()).isEqualTo(id);
            assertThat(Stage.next()).isEqualTo(Map.of("name", "n"));
            assertThat(Stage.next()).isEqualTo(Map.of("q", List.of("1")));
            assertThat(Stage.next()).isEqualTo("/until-the-end/n");
        }
    }

    @ServerEndpoint("/greeting")
    public static class Greeting {
        @OnOpen
        public void open(Session session) throws IOException {
            session.getBasicRemote().sendText("hello");
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                    text -> session.getAsyncRemote().sendText("you said " + text));
        }
    }

    @Test
    @Tag("obligation-1.11")
    void onOpenMaySendAndAddHandlers() throws Exception {
        try (Stage stage = Stage.of(Greeting.class)) {
            Peer peer = stage.connect("greeting");
            assertThat(peer.next()).isEqualTo("hello");
            assertThat(peer.send("hi").next()).isEqualTo("you said hi");
        }
    }

    @Test
    @Tag("obligation-1.12")
    void theSessionsOfAServerLeadToItsOneContainer() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            stage.connect("same/a");
            stage.connect("same/b");
            ServerContainer container = stage.server.container();
            assertThat(((Session) Stage.next()).getContainer()).isSameAs(container);
            assertThat(((Session) Stage.next()).getContainer()).isSameAs(container);
            assertThat(stage.server.container()).isSameAs(container);
        }
    }

    @Test
    @Tag("obligation-1.13")
    void theProviderGivesANewContainerAtEachCall() {
        assertThat(ContainerProvider.getWebSocketContainer())
                .isNotNull()
                .isNotSameAs(ContainerProvider.getWebSocketContainer());
    }

    @Test
    @Tag("obligation-4.13")
    @Tag("obligation-4.14")
    @Tag("obligation-6.8a")
    void afterTheEndEveryGetterAndSetterStillAnswersAndClosingIsHarmless() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            Session session = stage.connect("same/a").session;
            session.close();
            await().until(() -> !session.isOpen());
            assertThatCode(() -> {
                        session.close();
                        session.close(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "again"));
                        session.setMaxIdleTimeout(5);
                        session.setMaxTextMessageBufferSize(5);
                        session.setMaxBinaryMessageBufferSize(5);
                        session.getAsyncRemote().setSendTimeout(5);
                    })
                    .doesNotThrowAnyException();
            assertThat(session.getMaxIdleTimeout()).isEqualTo(5);
            assertThat(session.getId()).isNotEmpty();
            assertThat(session.getProtocolVersion()).isEqualTo("13");
            assertThat(session.getNegotiatedSubprotocol()).isEmpty();
            assertThat(session.getRequestURI()).isEqualTo(stage.at("same/a"));
            assertThat(session.getOpenSessions()).doesNotContain(session);
            assertThat(session.getMessageHandlers()).hasSize(2);
        }
    }

    @Test
    @Tag("obligation-4.13")
    void afterTheEndAHandlerIsRefused() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            Session session = stage.connect("same/a").session;
            session.close();
            await().until(() -> !session.isOpen());
            assertThatThrownBy(() -> session.addMessageHandler(
                            jakarta.websocket.PongMessage.class,
                            (MessageHandler.Whole<jakarta.websocket.PongMessage>) pong -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    @Tag("obligation-6.12")
    void tryWithResourcesClosesASession() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            Peer peer = stage.connect("same/a");
            try (Session session = peer.session) {
                assertThat(session.isOpen()).isTrue();
            }
            assertThat(peer.endCode()).isEqualTo(1000);
        }
    }

    @Test
    @Tag("obligation-8.14")
    void aSessionTellsOfItsConnectionAndCannotBeToldOtherwise() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            stage.connect("same/a?p=1&p=2");
            Session session = (Session) Stage.next();
            assertThat(session.getProtocolVersion()).isEqualTo("13");
            assertThat(session.getNegotiatedSubprotocol()).isEmpty();
            assertThat(session.isSecure()).isFalse();
            assertThat(session.getUserPrincipal()).isNull();
            assertThat(session.getRequestParameterMap()).isEqualTo(Map.of("p", List.of("1", "2")));
            assertThat(session.getPathParameters()).isEqualTo(Map.of("name", "a"));
            assertThatThrownBy(() -> session.getPathParameters().put("x", "y"))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> session.getRequestParameterMap().put("x", List.of()))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    @Tag("obligation-8.15")
    void theSetOfOpenSessionsIsACopyThatHasTheSessionItself() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            Peer other = stage.connect("same/a");
            Session first = (Session) Stage.next();
            stage.connect("same/b");
            Session second = (Session) Stage.next();
            Set<Session> before = second.getOpenSessions();
            assertThat(before).containsExactlyInAnyOrder(first, second);
            other.session.close();
            other.end();
            await().until(() -> second.getOpenSessions().equals(Set.of(second)));
            assertThat(before).hasSize(2);
        }
    }

    @Test
    void theSetOfOpenSessionsIsANewOneEachTime() throws Exception {
        try (Stage stage = Stage.of(Same.class)) {
            stage.connect("same/a");
            Session first = (Session) Stage.next();
            assertThat(first.getOpenSessions()).containsExactly(first);
            first.getOpenSessions().remove(first);
            assertThat(first.getOpenSessions()).containsExactly(first);
            stage.connect("same/b");
            Session second = (Session) Stage.next();
            assertThat(first.getOpenSessions()).containsExactlyInAnyOrder(first, second);
        }
    }
}
