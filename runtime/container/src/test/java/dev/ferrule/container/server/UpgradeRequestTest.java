package dev.ferrule.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.handshake.RequestHead;
import jakarta.websocket.server.HandshakeRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configurator learns of a request and its peer, from what the transport knows (J:HandshakeRequest, 2.3). */
class UpgradeRequestTest {
    /** What a transport could know. */
    private static final class Facts implements UpgradeExchange {
        private final Map<String, List<String>> headers = new LinkedHashMap<>(Map.of("Host", List.of("here:81")));
        private boolean secure;
        private @Nullable InetSocketAddress local;
        private @Nullable InetSocketAddress remote;
        private List<X509Certificate> certificates = List.of();
        private @Nullable Principal principal;
        private @Nullable Locale locale;

        @Override
        public RequestHead request() {
            return new RequestHead("GET", "/a/b?x=1&y=%20z&x=2&flag", headers);
        }

        @Override
        public boolean mayBlock() {
            return true;
        }

        @Override
        public void accept(Map<String, List<String>> answer, ConnectionListener listener) {}

        @Override
        public void refuse(PlainResponse response) {}

        @Override
        public boolean secure() {
            return secure;
        }

        @Override
        public @Nullable InetSocketAddress localAddress() {
            return local;
        }

        @Override
        public @Nullable InetSocketAddress remoteAddress() {
            return remote;
        }

        @Override
        public List<X509Certificate> peerCertificates() {
            return certificates;
        }

        @Override
        public @Nullable Principal principal() {
            return principal;
        }

        @Override
        public boolean isUserInRole(String role) {
            return principal != null && role.equals("clerk");
        }

        @Override
        public @Nullable Object httpSession() {
            return principal == null ? null : "http session";
        }

        @Override
        public @Nullable Locale preferredLocale() {
            return locale;
        }
    }

    private final Facts facts = new Facts();

    private UpgradeRequest request() {
        return new UpgradeRequest(facts, Map.of("p", "seg ment"));
    }

    @Test
    @Tag("obligation-8.8")
    @Tag("obligation-8.9")
    void uriQueryAndParametersAreThoseOfTheRequest() {
        HandshakeRequest request = request();
        assertThat(request.getRequestURI()).isEqualTo(URI.create("ws://here:81/a/b?x=1&y=%20z&x=2&flag"));
        assertThat(request.getQueryString()).isEqualTo("x=1&y=%20z&x=2&flag");
        assertThat(request.getParameterMap())
                .isEqualTo(Map.of(
                        "x", List.of("1", "2"), "y", List.of(" z"), "flag", List.of(""), "p", List.of("seg ment")));
        facts.secure = true;
        assertThat(request().getRequestURI().getScheme()).isEqualTo("wss");
    }

    @Test
    @Tag("obligation-8.10")
    void theHostSaysWhoIsLoggedIn() {
        assertThat(request().getUserPrincipal()).isNull();
        assertThat(request().isUserInRole("clerk")).isFalse();
        assertThat(request().getHttpSession()).isNull();
        facts.principal = () -> "ada";
        assertThat(request().getUserPrincipal().getName()).isEqualTo("ada");
        assertThat(request().isUserInRole("clerk")).isTrue();
        assertThat(request().isUserInRole("boss")).isFalse();
        assertThat(request().getHttpSession()).isEqualTo("http session");
    }

    @Test
    @Tag("obligation-8.11")
    void theChainOfCertificatesBeginsWithTheClients() throws Exception {
        assertThat(request().getUserX509CertificateChain()).isNull();
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        X509Certificate[] some = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();
        facts.certificates = List.of(some[1], some[0]);
        assertThat(request().getUserX509CertificateChain()).containsExactly(some[1], some[0]);
    }

    @Test
    @Tag("obligation-8.12")
    void withoutIpAddressesThereAreNoPorts() {
        assertThat(request().getLocalPort()).isEqualTo(-1);
        assertThat(request().getRemotePort()).isEqualTo(-1);
        assertThat(request().getLocalAddress()).isNull();
        assertThat(request().getRemoteAddress()).isNull();
        assertThat(request().getLocalHostName()).isNull();
        assertThat(request().getRemoteHostName()).isNull();
    }

    @Test
    @Tag("obligation-8.12")
    void bothEndsHaveAddressNameAndPort() throws Exception {
        facts.local = new InetSocketAddress(InetAddress.getByAddress("server", new byte[] {10, 0, 0, 1}), 81);
        facts.remote = new InetSocketAddress(InetAddress.getByAddress("client", new byte[] {10, 0, 0, 2}), 4711);
        assertThat(request().getLocalAddress()).isEqualTo("10.0.0.1");
        assertThat(request().getLocalHostName()).isEqualTo("server");
        assertThat(request().getLocalPort()).isEqualTo(81);
        assertThat(request().getRemoteAddress()).isEqualTo("10.0.0.2");
        assertThat(request().getRemoteHostName()).isEqualTo("client");
        assertThat(request().getRemotePort()).isEqualTo(4711);
    }

    @ParameterizedTest(name = "''{0}'' prefers {1}")
    @CsvSource({"de-AT, de-AT", "'fr;q=0.5, pt-BR', pt-BR", "'en;q=0.1, sv;q=0.9', sv"})
    @Tag("obligation-8.13")
    void theLocaleIsTheOneThatThePeerPrefers(String header, String tag) {
        facts.headers.put("Accept-Language", List.of(header));
        assertThat(request().getPreferredLocale().toLanguageTag()).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({"*", "not a language;;", "''"})
    @Tag("obligation-8.13")
    void withoutAPreferenceItIsTheServers(String header) {
        assertThat(request().getPreferredLocale()).isEqualTo(Locale.getDefault());
        facts.headers.put("Accept-Language", List.of(header));
        assertThat(request().getPreferredLocale()).isEqualTo(Locale.getDefault());
    }

    @Test
    @Tag("obligation-8.13")
    void theHostsOwnAnswerComesFirst() {
        facts.headers.put("Accept-Language", List.of("de"));
        facts.locale = Locale.ITALIAN;
        assertThat(request().getPreferredLocale()).isEqualTo(Locale.ITALIAN);
    }

    @Test
    void aRequestThatShrankSaysTheSame() {
        facts.headers.put("Cookie", List.of("a=1", "b=2"));
        facts.headers.put("X-Empty", List.of(""));
        Map<String, List<String>> headers = request().getHeaders();
        assertThat(shrunk().getHeaders()).isEqualTo(headers);
        assertThat(shrunk().getHeaders().get("cookie")).containsExactly("a=1", "b=2");
        assertThat(shrunk().getRequestURI()).isEqualTo(request().getRequestURI());
        assertThat(shrunk().header("COOKIE")).isEqualTo("a=1");
        assertThat(shrunk().header("x-empty")).isEmpty();
        assertThat(shrunk().header("a=1")).isNull();
        assertThat(shrunk().header("Cooki")).isNull();
        UpgradeRequest read = shrunk();
        assertThat(read.getHeaders()).isSameAs(read.getHeaders());
        assertThat(read.header("host")).isEqualTo("here:81");
    }

    @Test
    void aRequestThatShrankSpellsNamesAsThePeerDid() {
        facts.headers.put("user-agent", List.of("it"));
        facts.headers.put("Accept-Language", List.of("de"));
        facts.headers.put("X", List.of("y"));
        assertThat(List.copyOf(shrunk().getHeaders().keySet()))
                .containsExactly("Host", "user-agent", "Accept-Language", "X");
        assertThat(shrunk().header("User-Agent")).isEqualTo("it");
        assertThat(shrunk().header("ACCEPT-LANGUAGE")).isEqualTo("de");
        assertThat(shrunk().header("x")).isEqualTo("y");
    }

    @Test
    void aHeadThatNoTextStandsForStaysWhole() {
        facts.headers.put("\u000b", List.of("a control character"));
        assertThat(shrunk().header("\u000b")).isEqualTo("a control character");
        assertThat(shrunk().header("Host")).isEqualTo("here:81");
        facts.headers.remove("\u000b");
        facts.headers.put("X-Lines", List.of("one\nHost\ntwo"));
        assertThat(shrunk().getHeaders()).isEqualTo(request().getHeaders());
        assertThat(shrunk().header("Host")).isEqualTo("here:81");
        facts.headers.put("X-Lines", List.of());
        assertThat(shrunk().getHeaders()).isEqualTo(request().getHeaders());
    }

    private UpgradeRequest shrunk() {
        UpgradeRequest request = request();
        request.shrink();
        return request;
    }
}
