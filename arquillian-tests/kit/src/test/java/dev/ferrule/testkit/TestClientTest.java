package dev.ferrule.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.spi.CoderProvider.Beans;
import dev.ferrule.testkit.junit.WebSocketTest;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@WebSocketTest(TestClientTest.Puppet.class)
class TestClientTest {
    /** Does what it is told. */
    @ServerEndpoint("/puppet")
    public static class Puppet {
        @OnMessage
        public void on(String command, Session session) throws IOException {
            switch (command) {
                case "bytes" -> session.getBasicRemote().sendBinary(ByteBuffer.wrap(new byte[] {1, 2}));
                case "pong" -> session.getBasicRemote().sendPong(ByteBuffer.wrap(new byte[] {3}));
                case "close" -> session.close(new CloseReason(CloseCodes.TRY_AGAIN_LATER, "later"));
                default -> session.getBasicRemote().sendText(command);
            }
        }
    }

    /** A word, written {@code <word>}. */
    public record Word(String letters) {
        /** To text and back. */
        public static class Coder implements Encoder.Text<Word>, Decoder.Text<Word> {
            @Override
            public String encode(Word word) {
                return "<" + word.letters() + ">";
            }

            @Override
            public Word decode(String text) throws DecodeException {
                if (text.equals("<>")) {
                    throw new DecodeException(text, "a word without letters");
                }
                return new Word(text.substring(1, text.length() - 1));
            }

            @Override
            public boolean willDecode(String text) {
                return text.startsWith("<") && text.endsWith(">");
            }

            @Override
            public void init(EndpointConfig config) {}

            @Override
            public void destroy() {}
        }
    }

    /** What JSON-B reads and writes. */
    public record Point(int x, int y) {}

    @Test
    void messagesComeInTheirOrder(@Connect("puppet") TestClient client) throws Exception {
        client.sendText("text");
        client.sendText("bytes");
        assertThat(client.nextText()).isEqualTo("text");
        assertThat(client.nextBinary()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }

    @Test
    void aPingIsAnswered(@Connect("puppet") TestClient client) throws Exception {
        client.ping("are you there?");
        assertThat(client.expect(PongMessage.class).within(ofSeconds(5)).getApplicationData())
                .isEqualTo(ByteBuffer.wrap("are you there?".getBytes()));
    }

    @Test
    void declaredCodersMakeObjects(
            @Connect(value = "puppet", encoders = Word.Coder.class, decoders = Word.Coder.class) TestClient client)
            throws Exception {
        client.send(new Word("hello"));
        assertThat(client.next(Word.class)).isEqualTo(new Word("hello"));
    }

    /** Knows how many of it live; not public, as classes of tests are. */
    static class Mortal extends Word.Coder {
        static final AtomicInteger LIVING = new AtomicInteger();

        Mortal() {
            LIVING.incrementAndGet();
        }

        @Override
        public void destroy() {
            LIVING.decrementAndGet();
        }
    }

    private static final ClientEndpointConfig WITH_MORTALS = ClientEndpointConfig.Builder.create()
            .decoders(List.of(Mortal.class))
            .build();

    @Test
    void decodersNeedNotBePublicAndEndWithTheirClient() throws Exception {
        MessageDecoding decoding = new MessageDecoding(WITH_MORTALS, Beans.NONE);
        assertThat(decoding.decode(new Received.Text("<hello>"), Word.class)).isEqualTo(new Word("hello"));
        assertThat(Mortal.LIVING).hasValue(1);
        decoding.close();
        assertThat(Mortal.LIVING).hasValue(0);
    }

    @Test
    void decodersEndWhenNobodyConnects(TestClients clients) {
        assertThatThrownBy(() -> clients.connect("nowhere", WITH_MORTALS)).isInstanceOf(DeploymentException.class);
        assertThat(Mortal.LIVING).hasValue(0);
    }

    @Test
    void installedProvidersMakeObjects(@Connect("puppet") TestClient client) throws Exception {
        client.send(new Point(1, 2));
        assertThat(client.expect(Point.class).within(ofSeconds(5))).isEqualTo(new Point(1, 2));
        client.sendText("[{\"x\":3,\"y\":4}]");
        assertThat(client.next(Point[].class)).containsExactly(new Point(3, 4));
    }

    @Test
    void aMessageThatDoesNotDecodeFailsTheTest(
            @Connect(value = "puppet", decoders = Word.Coder.class) TestClient client) throws Exception {
        client.sendText("<>");
        assertThatThrownBy(() -> client.expect(Word.class).within(ofSeconds(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected a message that is a Word within 5 s, but there came the text '<>', which does not"
                        + " decode: a word without letters; the connection is open");
    }

    @Test
    void aTypeThatNobodyDecodesFailsTheTest(@Connect("puppet") TestClient client) throws Exception {
        client.sendText("bytes");
        assertThatThrownBy(() -> client.next(Runnable.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("a message that is a Runnable", "the bytes 01 02", "no decoder");
    }

    @Test
    void aMessageOfAnotherKindFailsTheTest(@Connect("puppet") TestClient client) throws Exception {
        client.sendText("first");
        client.sendText("second");
        client.nextText();
        assertThatThrownBy(client::nextBinary)
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected a binary message within 5 s, but there came the text 'second'; the connection is"
                        + " open; before that came the text 'first'");
    }

    @Test
    void nothingInTimeFailsTheTest(@Connect("puppet") TestClient client) {
        assertThatThrownBy(() -> client.expect(String.class).within(ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected a text message within 1 ms, but nothing came; the connection is open");
    }

    @Test
    void theEndOfTheConnectionFailsEveryWaitAtOnce(@Connect("puppet") TestClient client) throws Exception {
        client.sendText("close");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(client::nextText)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("Expected a text message within 5 s, but there came the end of the connection with 1013"
                            + " 'later'");
        }
    }

    @Test
    void anEndThatFollowedIsToldToo(@Connect("puppet") TestClient client) throws Exception {
        client.sendText("pong");
        client.sendText("close");
        client.awaitEnd();
        assertThatThrownBy(client::nextText)
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected a text message within 5 s, but there came a pong with 03 (1 in all); by now there"
                        + " came also the end of the connection with 1013 'later'");
    }

    @Test
    void anotherCodeThanExpectedFailsTheTest(@Connect("puppet") TestClient client) throws Exception {
        client.sendText("close");
        assertThatThrownBy(() -> client.expectClose(1000).within(ofSeconds(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected the end of the connection with 1000 within 5 s, but there came the end of the"
                        + " connection with 1013 'later'");
    }

    @Test
    void theReasonOfTheEndIsKept(@Connect("puppet") TestClient client) throws Exception {
        client.sendText("text");
        client.sendText("close");
        assertThat(client.closeReason().getCloseCode()).isEqualTo(CloseCodes.TRY_AGAIN_LATER);
        assertThat(client.next(CloseReason.class).getReasonPhrase()).isEqualTo("later");
    }
}
