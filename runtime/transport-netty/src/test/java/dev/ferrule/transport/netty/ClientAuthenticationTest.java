package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.connect.ClientProperties;
import dev.ferrule.container.connect.Credentials;
import dev.ferrule.container.connect.HandshakeFailedException;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireHead;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials for a server that asks for them (RFC 7617, RFC 7616). */
@Timeout(30)
class ClientAuthenticationTest {
    private static final Credentials MINE = Credentials.of("Müller", "geheim:1");

    @RegisterExtension
    final WireClient wire = new WireClient();

    private WireHead challenge(String... challenges) {
        try (RawPeer server = wire.listener.accept()) {
            WireHead head = server.readHead();
            StringBuilder text = new StringBuilder("HTTP/1.1 401 Who\r\n");
            for (String challenge : challenges) {
                text.append("WWW-Authenticate: ").append(challenge).append("\r\n");
            }
            server.send(text + "\r\n");
            server.awaitEnd();
            return head;
        }
    }

    private WireHead accept(CompletableFuture<Session> attempt) throws Exception {
        try (RawPeer server = wire.listener.accept()) {
            WireHead head = server.acceptUpgrade();
            WireClient.session(attempt);
            return head;
        }
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void basicIsSentWhenAskedForAndNotBefore() throws Exception {
        wire.properties.put(ClientProperties.CREDENTIALS, MINE);
        CompletableFuture<Session> attempt = wire.connect("/");
        assertThat(challenge("Basic realm=\"r\", charset=\"UTF-8\"").header("authorization"))
                .isNull();
        assertThat(accept(attempt).header("authorization")).isEqualTo(basic("Müller:geheim:1"));
    }

    @Test
    void basicIsSentAtOnceWhenThatIsChosen() throws Exception {
        wire.properties.put(ClientProperties.CREDENTIALS, MINE.preemptively());
        CompletableFuture<Session> attempt = wire.connect("/");
        assertThat(accept(attempt).header("authorization")).isEqualTo(basic("Müller:geheim:1"));
    }

    @Test
    void basicIsSentAtOnceWhenTheSettingsSaySo() throws Exception {
        wire.with(
                "ferrule.client.auth.user",
                "u",
                "ferrule.client.auth.password",
                "p",
                "ferrule.client.auth.preemptive",
                "true");
        CompletableFuture<Session> attempt = wire.connect("/");
        assertThat(accept(attempt).header("authorization")).isEqualTo(basic("u:p"));
    }

    @Test
    void credentialsMayComeFromSettings() throws Exception {
        wire.with("ferrule.client.auth.user", "u", "ferrule.client.auth.password", "p");
        CompletableFuture<Session> attempt = wire.connect("/");
        challenge("Basic realm=r");
        assertThat(accept(attempt).header("authorization")).isEqualTo(basic("u:p"));
    }

    @Test
    void credentialsOfSettingsMayBeForSomeOriginsOnly() throws Exception {
        wire.with(
                "ferrule.client.auth.user", "u", "ferrule.client.auth.origins", "wss://example.org, ws://localhost:1");
        CompletableFuture<Session> attempt = wire.connect("/");
        challenge("Basic realm=r");
        assertThat(WireClient.failure(attempt)).hasMessageContaining("there are none for it");
        wire.with(
                "ferrule.client.auth.user",
                "u",
                "ferrule.client.auth.origins",
                "ws://Localhost:" + wire.listener.port() + "/");
        attempt = wire.connect("/");
        challenge("Basic realm=r");
        assertThat(accept(attempt).header("authorization")).isEqualTo(basic("u:"));
    }

    @ParameterizedTest
    @CsvSource({"MD5,MD5", "SHA-256,SHA-256", ",MD5", "SHA-256-sess,SHA-256"})
    void aDigestProvesThePasswordWithoutTellingIt(String algorithm, String hash) throws Exception {
        wire.properties.put(ClientProperties.CREDENTIALS, Credentials.of("me", "secret"));
        CompletableFuture<Session> attempt = wire.connect("/a?b=c");
        challenge("Digest realm=\"the \\\"realm\\\"\", nonce=\"n0\", opaque=\"op\", qop=\"auth-int, auth\""
                + (algorithm == null ? "" : ", algorithm=" + algorithm));
        String answer = accept(attempt).header("authorization");
        assertThat(answer)
                .startsWith("Digest ")
                .contains("username=\"me\"")
                .contains("realm=\"the \\\"realm\\\"\"")
                .contains("uri=\"/a?b=c\"")
                .contains("opaque=\"op\"")
                .contains("qop=auth, nc=00000001")
                .doesNotContain("secret");
        String cnonce = parameter(answer, "cnonce");
        String secret = hex(hash, "me:the \"realm\":secret");
        if (algorithm != null && algorithm.endsWith("-sess")) {
            secret = hex(hash, secret + ":n0:" + cnonce);
        }
        assertThat(parameter(answer, "response"))
                .isEqualTo(hex(hash, secret + ":n0:00000001:" + cnonce + ":auth:" + hex(hash, "GET:/a?b=c")));
    }

    @Test
    void theStrongestSchemeThatIsOfferedIsTaken() throws Exception {
        wire.properties.put(ClientProperties.CREDENTIALS, Credentials.of("me", "secret"));
        CompletableFuture<Session> attempt = wire.connect("/");
        challenge(
                "Negotiate, Basic realm=\"r\", Digest realm=\"r\", nonce=\"a\", qop=\"auth\", algorithm=MD5",
                "Digest realm=\"r\", nonce=\"b\", qop=\"auth\", algorithm=SHA-256",
                "Digest realm=\"r\", nonce=\"c\", qop=\"auth\", algorithm=SHA-512-256");
        assertThat(parameter(accept(attempt).header("authorization"), "nonce")).isEqualTo("b");
    }

    @Test
    void aStaleNonceIsRenewedOnce() throws Exception {
        wire.properties.put(ClientProperties.CREDENTIALS, Credentials.of("me", "secret"));
        CompletableFuture<Session> attempt = wire.connect("/");
        challenge("Digest realm=\"r\", nonce=\"1\", qop=\"auth\"");
        challenge("Digest realm=\"r\", nonce=\"2\", qop=\"auth\", stale=true");
        assertThat(challenge("Digest realm=\"r\", nonce=\"3\", qop=\"auth\", stale=true")
                        .header("authorization"))
                .contains("nonce=\"2\"");
        assertThat(WireClient.failure(attempt)).hasMessageContaining("does not accept the credentials of user 'me'");
    }

    @Test
    void aWrongPasswordIsToldAndNotRepeated() throws Exception {
        wire.properties.put(ClientProperties.CREDENTIALS, Credentials.of("me", "secret"));
        CompletableFuture<Session> attempt = wire.connect("/");
        challenge("Basic realm=\"r\"");
        challenge("Basic realm=\"r\"");
        assertThat(WireClient.failure(attempt))
                .hasMessageContaining("does not accept the credentials of user 'me'")
                .hasMessageNotContaining("secret")
                .isInstanceOfSatisfying(HandshakeFailedException.class, failed -> {
                    assertThat(failed.status()).isEqualTo(401);
                    assertThat(failed.headers()).containsKey("www-authenticate");
                    assertThat(failed.isFromProxy()).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Negotiate",
                "Negotiate YII=",
                "Digest realm=\"r\", nonce=\"n\"",
                "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
                "Digest realm=\"r, nonce=n, qop=auth",
                "Digest realm=r, realm=s, nonce=n, qop=auth",
                "Digest nonce=n, qop=auth",
                "=",
                ", ,"
            })
    void aDemandThatNobodyCanMeetIsTold(String demand) throws Exception {
        wire.properties.put(ClientProperties.CREDENTIALS, Credentials.of("me", "secret"));
        CompletableFuture<Session> attempt = wire.connect("/");
        challenge(demand);
        assertThat(WireClient.failure(attempt)).hasMessageContaining("neither by Basic nor by Digest");
    }

    @Test
    void withoutCredentialsADemandFailsTheHandshake() throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/");
        challenge("Basic realm=\"r\"");
        assertThat(WireClient.failure(attempt)).hasMessageContaining("asks for credentials, and there are none");
    }

    @Test
    void aUriWithAPasswordIsRefusedWithoutRepeatingIt() throws Exception {
        assertThat(WireClient.failure(wire.connect(java.net.URI.create("ws://me:secret@localhost/"))))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("ClientProperties.CREDENTIALS")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aPropertyOfAnotherTypeIsNamed() throws Exception {
        wire.properties.put(ClientProperties.CREDENTIALS, "me:secret");
        assertThat(WireClient.failure(wire.connect("/")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(ClientProperties.CREDENTIALS)
                .hasMessageContaining("java.lang.String")
                .hasMessageNotContaining("secret");
    }

    private static String parameter(String header, String name) {
        Matcher found = Pattern.compile("[ ,]" + name + "=\"([^\"]*)\"").matcher(header);
        assertThat(found.find()).as(name + " in " + header).isTrue();
        return found.group(1);
    }

    private static String hex(String algorithm, String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
