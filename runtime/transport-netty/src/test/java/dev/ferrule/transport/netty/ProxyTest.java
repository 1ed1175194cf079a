package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.connect.ClientProperties;
import dev.ferrule.container.connect.Credentials;
import dev.ferrule.container.connect.HandshakeFailedException;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireHead;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through an HTTP proxy by CONNECT (RFC 9110 §9.3.6). The listener of the fixture is the proxy. */
@Timeout(30)
class ProxyTest {
    /** No server: only the proxy is ever reached, and nobody resolves this name. */
    private static final URI BEHIND = URI.create("ws://inside.invalid/chat");

    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

    @RegisterExtension
    final WireClient wire = new WireClient();

    private Proxy proxy() {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", wire.listener.port()));
    }

    private WireHead refuse(String answer) {
        try (RawPeer proxy = wire.listener.accept()) {
            WireHead head = proxy.readHead();
            proxy.send(answer);
            proxy.awaitEnd();
            return head;
        }
    }

    @Test
    void aTunnelLeadsToTheServer() throws Exception {
        wire.properties.put(ClientProperties.PROXY, proxy());
        CompletableFuture<Session> attempt = wire.connect(BEHIND);
        try (RawPeer proxy = wire.listener.accept()) {
            WireHead connect = proxy.readHead();
            assertThat(connect.startLine()).isEqualTo("CONNECT inside.invalid:80 HTTP/1.1");
            assertThat(connect.header("host")).isEqualTo("inside.invalid:80");
            proxy.send("HTTP/1.1 100 Continue\r\n\r\n");
            proxy.send(ESTABLISHED);
            WireHead request = proxy.acceptUpgrade();
            assertThat(request.startLine()).isEqualTo("GET /chat HTTP/1.1");
            assertThat(request.header("host")).isEqualTo("inside.invalid");
            assertThat(WireClient.session(attempt).getRequestURI()).isEqualTo(BEHIND);
        }
    }

    @Test
    void tlsGoesThroughTheTunnelToTheServerAndItsName(@TempDir Path directory) throws Exception {
        SSLContext context = Certificates.of(directory, "dns:inside.invalid").context();
        wire.tls = context;
        wire.properties.put(ClientProperties.PROXY, proxy());
        try (RawPeer.Listener server = RawPeer.Listener.open(context)) {
            CompletableFuture<Session> attempt = wire.connect(URI.create("wss://inside.invalid/s"));
            try (RawPeer proxy = wire.listener.accept()) {
                assertThat(proxy.readHead().startLine()).isEqualTo("CONNECT inside.invalid:443 HTTP/1.1");
                try (Socket onward = new Socket("localhost", server.port())) {
                    proxy.send(ESTABLISHED);
                    pump(proxy.socket(), onward);
                    pump(onward, proxy.socket());
                    try (RawPeer end = server.accept()) {
                        end.acceptUpgrade();
                        assertThat(WireClient.session(attempt).isSecure()).isTrue();
                    }
                }
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        Thread pump = new Thread(() -> {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                in.transferTo(out);
            } catch (IOException ended) {
                // The test is over.
            }
        });
        pump.setDaemon(true);
        pump.start();
    }

    @Test
    void theProxysCredentialsReachTheProxyOnly() throws Exception {
        wire.properties.put(ClientProperties.PROXY, proxy());
        wire.properties.put(ClientProperties.PROXY_CREDENTIALS, Credentials.of("p", "pp"));
        wire.properties.put(
                ClientProperties.CREDENTIALS, Credentials.of("s", "ss").preemptively());
        wire.beforeRequest = headers -> headers.put("Cookie", WireClient.list("id=1"));
        CompletableFuture<Session> attempt = wire.connect(BEHIND);
        WireHead first = refuse("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n\r\n");
        assertThat(first.header("proxy-authorization")).isNull();
        try (RawPeer proxy = wire.listener.accept()) {
            WireHead connect = proxy.readHead();
            assertThat(connect.header("proxy-authorization")).isEqualTo("Basic cDpwcA==");
            assertThat(connect.header("authorization")).isNull();
            assertThat(connect.header("cookie")).isNull();
            proxy.send(ESTABLISHED);
            WireHead request = proxy.acceptUpgrade();
            assertThat(request.header("proxy-authorization")).isNull();
            assertThat(request.header("authorization")).isEqualTo("Basic czpzcw==");
            WireClient.session(attempt);
        }
    }

    @Test
    void aProxyMayAskForADigest() throws Exception {
        wire.with(
                "ferrule.client.proxy", "localhost:" + wire.listener.port(),
                "ferrule.client.proxy.user", "p",
                "ferrule.client.proxy.password", "pp");
        CompletableFuture<Session> attempt = wire.connect(BEHIND);
        refuse("HTTP/1.1 407 Who\r\nProxy-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\","
                + " algorithm=SHA-256\r\n\r\n");
        try (RawPeer proxy = wire.listener.accept()) {
            assertThat(proxy.readHead().header("proxy-authorization"))
                    .startsWith("Digest username=\"p\"")
                    .contains("uri=\"inside.invalid:80\"");
            proxy.send(ESTABLISHED);
            proxy.acceptUpgrade();
            WireClient.session(attempt);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 407, 502})
    void aProxyThatRefusesIsNamed(int status) throws Exception {
        wire.properties.put(ClientProperties.PROXY, proxy());
        CompletableFuture<Session> attempt = wire.connect(BEHIND);
        refuse("HTTP/1.1 " + status + " No\r\nProxy-Authenticate: Basic realm=\"r\"\r\nLocation: /x\r\n\r\n");
        assertThat(WireClient.failure(attempt))
                .hasMessageContaining("the proxy answered instead of the server")
                .hasMessageContaining("through the proxy localhost:" + wire.listener.port())
                .isInstanceOfSatisfying(HandshakeFailedException.class, failed -> {
                    assertThat(failed.status()).isEqualTo(status);
                    assertThat(failed.isFromProxy()).isTrue();
                });
        assertThat(wire.answers).containsExactly(java.util.Map.of());
    }

    @Test
    void aProxyThatDoesNotListenIsNamed() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        wire.properties.put(
                ClientProperties.PROXY, new Proxy(Proxy.Type.HTTP, new InetSocketAddress("localhost", free)));
        assertThat(WireClient.failure(wire.connect(BEHIND)))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("through the proxy localhost:" + free)
                .hasMessageContaining("connection refused");
    }

    @Test
    void aProxyThatSaysNothingIsLeftInTime() throws Exception {
        wire.with("ferrule.timeouts.connect", "300ms");
        wire.properties.put(ClientProperties.PROXY, proxy());
        CompletableFuture<Session> attempt = wire.connect(BEHIND);
        try (RawPeer proxy = wire.listener.accept()) {
            proxy.readHead();
            assertThat(WireClient.failure(attempt))
                    .hasMessageContaining("within 300 ms (ferrule.timeouts.connect): the proxy did not answer CONNECT");
            proxy.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-proxy\r\n\r\n", ESTABLISHED + "HTTP/1.1 101 Smuggled\r\n\r\n"})
    void aProxyThatDoesNotSpeakProperHttpIsLeft(String answer) throws Exception {
        wire.properties.put(ClientProperties.PROXY, proxy());
        CompletableFuture<Session> attempt = wire.connect(BEHIND);
        refuse(answer);
        assertThat(WireClient.failure(attempt)).hasMessageContaining("the proxy");
    }

    @Test
    void aProxyThatHangsUpIsNamed() throws Exception {
        wire.properties.put(ClientProperties.PROXY, proxy());
        CompletableFuture<Session> attempt = wire.connect(BEHIND);
        try (RawPeer proxy = wire.listener.accept()) {
            proxy.readHead();
        }
        assertThat(WireClient.failure(attempt)).hasMessageContaining("the proxy closed the connection");
    }

    @Test
    void theSelectorOfTheJvmIsAskedWithTheHttpFormOfTheUri() throws Exception {
        Selector selector = new Selector(uri -> List.of(proxy()));
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(selector);
        try {
            CompletableFuture<Session> attempt = wire.connect(BEHIND);
            try (RawPeer proxy = wire.listener.accept()) {
                proxy.readHead();
                proxy.send(ESTABLISHED);
                proxy.acceptUpgrade();
                WireClient.session(attempt);
            }
            assertThat(selector.asked).containsExactly(URI.create("http://inside.invalid:80/chat"));
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void aSelectorMaySayDirect() throws Exception {
        Selector selector = new Selector(uri -> List.of(Proxy.NO_PROXY));
        wire.properties.put(ClientProperties.PROXY, selector);
        CompletableFuture<Session> attempt = wire.connect("/direct");
        try (RawPeer server = wire.listener.accept()) {
            assertThat(server.acceptUpgrade().startLine()).isEqualTo("GET /direct HTTP/1.1");
            WireClient.session(attempt);
        }
    }

    @Test
    void directByTheSettingAsksNoSelector() throws Exception {
        Selector selector = new Selector(uri -> List.of(proxy()));
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(selector);
        try {
            wire.with("ferrule.client.proxy", "direct");
            CompletableFuture<Session> attempt = wire.connect("/direct");
            try (RawPeer server = wire.listener.accept()) {
                server.acceptUpgrade();
                WireClient.session(attempt);
            }
            assertThat(selector.asked).isEmpty();
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void aProxyOfAnotherKindIsRefusedAndNotPassedOver() throws Exception {
        wire.properties.put(
                ClientProperties.PROXY,
                new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("localhost", 1)));
        assertThat(WireClient.failure(wire.connect("/")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("only HTTP proxies are supported");
    }

    @Test
    void aSelectorThatThrowsIsNamed() throws Exception {
        Selector selector = new Selector(uri -> {
            throw new IllegalStateException("no idea");
        });
        wire.properties.put(ClientProperties.PROXY, selector);
        assertThat(WireClient.failure(wire.connect("/")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("no idea")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    private static final class Selector extends ProxySelector {
        private final List<URI> asked = new CopyOnWriteArrayList<>();
        private final Function<URI, List<Proxy>> answer;

        Selector(Function<URI, List<Proxy>> answer) {
            this.answer = answer;
        }

        @Override
        public List<Proxy> select(URI uri) {
            asked.add(uri);
            return answer.apply(uri);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
    }
}
