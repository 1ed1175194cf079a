package dev.ferrule.transport.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.wirekit.RawPeer;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** wss at both ends. */
class TlsTest {
    @TempDir
    static Path directory;

    private static SSLContext good;

    @RegisterExtension
    static final Fixture fixture = new Fixture();

    @BeforeAll
    static void makeCertificate() throws Exception {
        good = Certificates.of(directory, "dns:localhost,ip:127.0.0.1").context();
    }

    @Test
    void aServerSpeaksTls() {
        Recorder listener = new Recorder();
        Server server = new Server(listener);
        CompletableFuture<UpgradeExchange> upgrade = new CompletableFuture<>();
        server.upgrades = exchange -> {
            upgrade.complete(exchange);
            Server.accept(exchange, listener);
        };
        byte[] large = random(3_000_000);
        try (RawPeer peer = secured(server)) {
            peer.send((RawPeer.upgradeRequest("/", "localhost") + "early").getBytes(ISO_8859_1));
            assertThat(peer.readHead().status()).isEqualTo(101);
            assertThat(text(peer.read(5))).isEqualTo("early");
            assertThat(Recorder.get(upgrade).secure()).isTrue();
            assertThat(Recorder.get(upgrade).peerCertificates()).isEmpty();
            TransportConnection connection = listener.connection();
            connection.writer().execute(() -> {
                listener.send(ByteBuffer.wrap(large));
                connection.finish(false);
            });
            assertThat(peer.awaitEof()).isEqualTo(large);
        }
    }

    @Test
    void backPressureHoldsUnderTlsToo() {
        byte[] sent = random(500_000);
        Recorder[] self = new Recorder[1];
        self[0] = new Recorder(bytes -> {
            if (!bytes.hasRemaining()) {
                return true;
            }
            ByteBuffer piece = bytes.slice(bytes.position(), Math.min(5003, bytes.remaining()));
            self[0].take(piece);
            bytes.position(bytes.position() + piece.position());
            self[0].connection().resumeReading();
            return false;
        });
        try (RawPeer peer = secured(new Server(self[0]))) {
            peer.upgrade("/");
            peer.send(sent);
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> self[0].received().length == sent.length);
            assertThat(self[0].received()).isEqualTo(sent);
        }
    }

    @Test
    void aPeerThatSaysGoodbyeIsAtItsEnd() {
        Recorder listener = new Recorder();
        try (RawPeer peer = secured(new Server(listener))) {
            peer.upgrade("/");
            peer.close();
            Recorder.get(listener.eof);
            assertThat(listener.failure).isNotDone();
        }
    }

    @Test
    void aPeerThatLeavesWithoutGoodbyeIsAtItsEndToo() throws Exception {
        Recorder listener = new Recorder();
        int port = fixture.serve(new Server(listener), good, Duration.ofSeconds(10));
        try (Socket tcp = new Socket("127.0.0.1", port);
                Socket tls = good.getSocketFactory().createSocket(tcp, "localhost", port, false)) {
            tls.getOutputStream().write(RawPeer.upgradeRequest("/", "localhost").getBytes(ISO_8859_1));
            listener.connection();
            tcp.shutdownOutput();
            Recorder.get(listener.eof);
            assertThat(listener.calls).containsExactly("onOpen", "onEof");
            listener.connection().finish(false);
        }
    }

    @Test
    void abortCutsUnderTlsToo() {
        Recorder listener = new Recorder();
        try (RawPeer peer = secured(new Server(listener))) {
            peer.upgrade("/");
            TransportConnection connection = listener.connection();
            connection.writer().execute(() -> listener.send(ByteBuffer.wrap(new byte[20_000_000])));
            connection.abort();
            peer.awaitEnd();
        }
    }

    @Test
    void plainTextToATlsPortCostsItsOwnConnectionOnly() {
        int port = fixture.serve(new Server(new Recorder()), good, Duration.ofSeconds(10));
        try (RawPeer peer = RawPeer.connect("127.0.0.1", port)) {
            peer.send(RawPeer.upgradeRequest("/", "localhost"));
            peer.awaitEnd();
        }
        try (RawPeer peer = RawPeer.connect("127.0.0.1", port, good)) {
            assertThat(peer.upgrade("/").status()).isEqualTo(101);
        }
    }

    @Test
    void aTlsHandshakeThatDoesNotEndIsCut() {
        int port = fixture.serve(new Server(new Recorder()), good, Duration.ofMillis(800));
        try (RawPeer peer = RawPeer.connect("127.0.0.1", port)) {
            peer.send(new byte[] {22, 3, 1, 2, 0, 1});
            peer.awaitEnd();
        }
    }

    @Test
    void aClientSpeaksTlsAndNamesItsServer() throws Exception {
        try (RawPeer.Listener listener = RawPeer.Listener.open(good)) {
            Client client =
                    Client.connect(fixture.transport, "localhost", listener.port(), good, Duration.ofSeconds(5));
            try (RawPeer server = listener.accept()) {
                server.acceptUpgrade();
                ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) server.socket()).getSession();
                assertThat(session.getRequestedServerNames()).containsExactly(new SNIHostName("localhost"));
                Recorder recorder = new Recorder();
                client.response().accept(recorder);
                server.send("over tls");
                assertThat(text(server.read(8))).isEqualTo("over tls");
                recorder.connection().finish(false);
                assertThat(server.awaitEof()).isEmpty();
            }
        }
    }

    @Test
    void anAddressInTheCertificateIsAccepted() {
        Recorder echo = new Recorder();
        int port = fixture.serve(new Server(echo), good, Duration.ofSeconds(10));
        Client client = Client.connect(fixture.transport, "127.0.0.1", port, good, Duration.ofSeconds(5));
        assertThat(client.response().response().status()).isEqualTo(101);
        client.response().discard();
        Recorder.get(echo.opened);
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        SSLContext other = Certificates.of(directory, "dns:elsewhere.example").context();
        int port = fixture.serve(new Server(new Recorder()), other, Duration.ofSeconds(10));
        Client client = Client.connect(fixture.transport, "localhost", port, other, Duration.ofSeconds(5));
        assertThat(client.refusal())
                .hasMessageStartingWith("No connection to localhost:" + port + ": its certificate is not accepted: ")
                .hasMessageContaining("localhost")
                .hasRootCauseInstanceOf(CertificateException.class);
    }

    @Test
    void aCertificateOfAStrangerIsRefused() throws Exception {
        int port = fixture.serve(new Server(new Recorder()), good, Duration.ofSeconds(10));
        Client client =
                Client.connect(fixture.transport, "localhost", port, Certificates.stranger(), Duration.ofSeconds(5));
        assertThat(client.refusal())
                .hasMessageStartingWith("No connection to localhost:" + port + ": its certificate is not accepted: ");
        assertThat(client.calls).hasValue(1);
    }

    @Test
    void aServerThatSpeaksNoTlsIsAFailure() {
        int port = fixture.serve(new Server(new Recorder()));
        Client client = Client.connect(fixture.transport, "localhost", port, good, Duration.ofSeconds(5));
        assertThat(client.refusal()).hasMessageContaining("localhost:" + port + ": the TLS handshake failed: ");
    }

    @Test
    void theTimeLimitCoversTheTlsHandshake() {
        try (RawPeer.Listener silent = RawPeer.Listener.open()) {
            Client client = Client.connect(fixture.transport, "localhost", silent.port(), good, Duration.ofMillis(800));
            try (RawPeer server = silent.accept()) {
                assertThat(client.refusal())
                        .isInstanceOf(SocketTimeoutException.class)
                        .hasMessageEndingWith("the TLS handshake did not end");
                server.awaitEnd();
            }
        }
    }

    private RawPeer secured(Server server) {
        return RawPeer.connect("127.0.0.1", fixture.serve(server, good, Duration.ofSeconds(10)), good);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
