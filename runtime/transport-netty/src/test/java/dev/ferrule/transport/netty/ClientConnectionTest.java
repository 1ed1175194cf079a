package dev.ferrule.transport.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.spi.ClientExchange;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireHead;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's way from a name to an upgraded connection, and what it says when it does not get there. */
class ClientConnectionTest {
    @RegisterExtension
    static final Fixture fixture = new Fixture();

    private final RawPeer.Listener listener = RawPeer.Listener.open();

    @AfterEach
    void closeListener() {
        listener.close();
    }

    @Test
    void aClientConnectsAndExchangesBytes() {
        Client client = Client.connect(fixture.transport, "localhost", listener.port());
        try (RawPeer server = listener.accept()) {
            WireHead request = server.acceptUpgrade("X-Extra: yes");
            assertThat(request.startLine()).isEqualTo("GET /chat?x=1 HTTP/1.1");
            assertThat(request.header("sec-websocket-version")).isEqualTo("13");
            ClientExchange exchange = client.response();
            assertThat(exchange.response().status()).isEqualTo(101);
            assertThat(exchange.response().header("x-extra")).isEqualTo("yes");
            Recorder recorder = new Recorder();
            exchange.accept(recorder);
            server.send("echo");
            assertThat(text(server.read(4))).isEqualTo("echo");
            TransportConnection connection = recorder.connection();
            connection.writer().execute(() -> {
                recorder.send(ByteBuffer.wrap("end".getBytes(ISO_8859_1)));
                connection.finish(false);
            });
            assertThat(text(server.awaitEof())).isEqualTo("end");
        }
    }

    @Test
    void bytesBehindTheResponseAreNotLost() {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port());
        try (RawPeer server = listener.accept()) {
            server.readHead();
            server.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nearly");
            ClientExchange exchange = client.response();
            server.send(" and later");
            Recorder recorder = new Recorder();
            exchange.accept(recorder);
            recorder.awaitReceived("early and later");
        }
    }

    @Test
    void interimResponsesAreSkipped() {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port());
        try (RawPeer server = listener.accept()) {
            server.readHead();
            server.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 403\r\n\r\n");
            assertThat(client.response().response().status()).isEqualTo(403);
            assertThat(client.response().response().header("Link")).isNull();
        }
    }

    @Test
    void aDiscardedResponseClosesTheConnection() {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port());
        try (RawPeer server = listener.accept()) {
            server.acceptUpgrade();
            client.response().discard();
            server.awaitEnd();
            assertThatThrownBy(() -> client.response().accept(new Recorder()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 1x1 What\r\n\r\n",
                "HTTP/1.1 999 What\r\n\r\n",
                "HTTP/2 101\r\n\r\n",
                "HTTP/1.1 101 X\r\n folded: y\r\n\r\n",
                "HTTP/1.1 101 X\nA: b\n\n"
            })
    void anAnswerThatIsNoHttpIsAFailure(String answer) {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port());
        try (RawPeer server = listener.accept()) {
            server.readHead();
            server.send(answer);
            assertThat(client.refusal())
                    .hasMessageStartingWith(
                            "No connection to 127.0.0.1:" + listener.port() + ": its answer is not proper HTTP/1.1: ");
            server.awaitEnd();
            assertThat(client.calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A: b\r\n", "A: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n"})
    void anAnswerWithoutEndIsAFailure(String field) {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port());
        try (RawPeer server = listener.accept()) {
            server.readHead();
            server.send("HTTP/1.1 101 X\r\n" + field.repeat(150));
            assertThat(client.refusal()).hasMessageContaining("The head has more than ");
        }
    }

    @Test
    void aPeerThatClosesWithoutAnAnswerIsAFailure() {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port());
        try (RawPeer server = listener.accept()) {
            server.readHead();
            server.endOutput();
            assertThat(client.refusal()).hasMessageContaining("the peer closed the connection before it answered");
        }
    }

    @Test
    void aPeerThatResetsWithoutAnAnswerIsAFailure() {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port());
        RawPeer server = listener.accept();
        server.readHead();
        server.reset();
        assertThat(client.refusal()).hasMessageStartingWith("No connection to 127.0.0.1:" + listener.port());
        assertThat(client.calls).hasValue(1);
    }

    @Test
    void aRefusedConnectionIsNamed() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Client client = Client.connect(fixture.transport, "localhost", free);
        assertThat(client.refusal())
                .isInstanceOf(ConnectException.class)
                .hasMessage("No connection to localhost:" + free + ": nothing listens there (connection refused)")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void anUnknownNameIsNamed() {
        Client client = Client.connect(fixture.transport, "no-such-host.invalid", 80);
        assertThat(client.refusal())
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no-such-host.invalid:80")
                .hasMessageContaining("no address is known")
                .hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void aPortThatIsNoneIsNamed() {
        assertThat(Client.connect(fixture.transport, "127.0.0.1", 70_000).refusal())
                .hasMessage("No connection to 127.0.0.1:70000: a port is a number from 1 to 65535");
    }

    @Test
    void theTimeLimitCoversTheResponse() {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port(), null, Duration.ofMillis(800));
        try (RawPeer server = listener.accept()) {
            server.readHead();
            server.send("HTTP/1.1 101 Swi");
            assertThat(client.refusal())
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage(
                            "No connection to 127.0.0.1:" + listener.port()
                                    + " within 800 ms (ferrule.timeouts.handshake): no complete response to the opening handshake came");
            server.awaitEnd();
        }
    }

    @Test
    void theTimeLimitCoversTheTcpConnection() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1)) {
            Client[] clients = new Client[16]; // the first few fill the queue, nobody accepts them
            for (int i = 0; i < clients.length; i++) {
                clients[i] = Client.connect(
                        fixture.transport, "127.0.0.1", full.getLocalPort(), null, Duration.ofMillis(300));
            }
            for (Client client : clients) {
                assertThat(client.refusal()).isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(clients[15].refusal()).hasMessageEndingWith("the TCP connection was not established");
        }
    }

    @Test
    void aRequestThatWouldBreakTheHeadIsNotSent() {
        RequestHead bad = new RequestHead("GET", "/", Map.of("X", List.of("a\r\nInjected: b")));
        Client client = Client.connect(
                fixture.transport,
                new ConnectRequest("127.0.0.1", listener.port(), null, bad, 4096, 20, Duration.ofSeconds(5)));
        assertThat(client.refusal())
                .hasMessageContaining("\\u000d\\u000a")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingTheTransportEndsAttemptsUnderWay() {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port());
        try (RawPeer server = listener.accept()) {
            server.readHead();
            fixture.transport.close();
            assertThat(client.refusal()).hasMessageEndingWith("the transport was closed");
            assertThat(client.calls).hasValue(1);
        }
        assertThat(Client.connect(fixture.transport, "127.0.0.1", 1).refusal())
                .hasMessageContaining("The transport is closed");
    }

    @Test
    void aVerdictAfterTheTransportWasClosedIsToldToTheListener() {
        Client client = Client.connect(fixture.transport, "127.0.0.1", listener.port());
        try (RawPeer server = listener.accept()) {
            server.acceptUpgrade();
            ClientExchange exchange = client.response();
            fixture.transport.close();
            Recorder recorder = new Recorder();
            exchange.accept(recorder);
            Recorder.get(recorder.failure);
            assertThat(recorder.calls).containsExactly("onOpen", "onFailure");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
