package dev.ferrule.tests.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.container.connect.HandshakeFailedException;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles on endpoint classes decide about handshakes, roles on callbacks about calls. */
@ExtendWith(ArquillianExtension.class)
class WhoMayConnectTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(
                Club.class,
                Club.Closed.class,
                Club.Known.class,
                Club.Open.class,
                Vault.class,
                Annex.class,
                Annex.Corridor.class,
                Annex.Silent.class,
                Annex.Open.class,
                Accounts.class,
                Tokens.class,
                Bouncer.class);
    }

    private TestClient connect(String path, String authorization) throws Exception {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> headers) {
                        if (authorization != null) {
                            headers.put("Authorization", List.of(authorization));
                        }
                    }
                })
                .build();
        return TestClient.connect(container, config, server.resolve(path));
    }

    private HandshakeFailedException refusal(String path, String authorization) {
        return Assertions.catchThrowableOfType(HandshakeFailedException.class, () -> connect(path, authorization));
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPeerThatSaysWhoItIsConnectsAndIsThatPrincipal() throws Exception {
        try (TestClient client = connect("club", basic("böb:straße"))) {
            client.sendText("hello");
            assertThat(client.nextText()).isEqualTo("böb böb");
        }
        try (TestClient client = connect("club", "bearer r2d2")) {
            client.sendText("hello");
            assertThat(client.nextText()).isEqualTo("droid droid");
        }
    }

    @Test
    void aPeerThatDoesNotIsToldHow() {
        HandshakeFailedException refusal = refusal("club", null);
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.headers().get("WWW-Authenticate"))
                .containsExactly("Basic realm=\"the \\\"club\\\"\", charset=\"UTF-8\"", "Bearer realm=\"machines\"");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "club, Basic YWxpY2U6d3Jvbmc=", // alice:wrong
        "club, Basic ?!",
        "club, Basic YWxpY2U=", // no colon
        "club, Bearer c3po",
        "open, Bearer c3po" // wrong credentials are refused also where none are needed
    })
    void wrongCredentialsAreRefused(String path, String authorization) {
        assertThat(refusal(path, authorization).status()).isEqualTo(401);
    }

    @Test
    void credentialsThatNobodyKnowsAreNone() throws Exception {
        assertThat(refusal("club", "Digest username=alice").status()).isEqualTo(401);
        try (TestClient client = connect("open", "Digest username=alice")) {
            client.sendText("who am I?");
            assertThat(client.nextText()).isEqualTo("null");
        }
    }

    @Test
    void whoIsKnownButLacksTheRoleIsForbidden() {
        assertThat(refusal("closed", basic("alice:wonderland")).status()).isEqualTo(403);
        assertThat(refusal("closed", null).status()).isEqualTo(403);
    }

    @Test
    void twoStarsAreAnybodyWhoIsKnown() throws Exception {
        connect("known", basic("alice:wonderland")).close();
        assertThat(refusal("known", null).status()).isEqualTo(401);
    }

    @Test
    void programmaticEndpointsHaveRolesToo() throws Exception {
        try (TestClient client = connect("vault", basic("alice:wonderland"))) {
            assertThat(client.nextText()).isEqualTo("open to alice");
        }
        assertThat(refusal("vault", basic("böb:straße")).status()).isEqualTo(403);
        assertThat(refusal("vault", null).status()).isEqualTo(401);
    }

    @Test
    void observersOfHandshakesSeeTheCaller() {
        assertThat(refusal("known", "Bearer r2d2").status()).isEqualTo(418);
    }

    @Test
    void aCallbackForOthersIsNotCalledButTheErrorMethodIs() throws Exception {
        try (TestClient member = connect("club", basic("böb:straße"));
                TestClient admin = connect("club", basic("alice:wonderland"));
                TestClient anonymous = connect("open", null)) {
            member.sendBinary(ByteBuffer.allocate(1));
            assertThat(member.nextText()).startsWith("true ").contains("Club.administer(ByteBuffer)", "[admin]");
            member.sendText("still here");
            assertThat(member.nextText()).isEqualTo("böb böb");
            admin.sendBinary(ByteBuffer.allocate(1));
            assertThat(admin.nextText()).isEqualTo("done");
            anonymous.sendBinary(ByteBuffer.allocate(1));
            assertThat(anonymous.nextText()).contains("for nobody");
        }
    }

    @Test
    void rolesOnASuperclassDecideWhoMayConnect() throws Exception {
        assertThat(refusal("annex", null).status()).isEqualTo(401);
        assertThat(refusal("annex", basic("böb:straße")).status()).isEqualTo(403);
        try (TestClient admin = connect("annex", basic("alice:wonderland"))) {
            admin.sendText("where am I?");
            assertThat(admin.nextText()).isEqualTo("in the corridor");
        }
    }

    @Test
    void whatASuperclassDeclaresKeepsTheRolesOfThatClass() throws Exception {
        try (TestClient anonymous = connect("annex/open", null);
                TestClient admin = connect("annex/open", basic("alice:wonderland"))) {
            anonymous.sendText("where am I?");
            assertThat(anonymous.nextText()).isEqualTo("in the open");
            anonymous.sendBinary(ByteBuffer.allocate(1));
            assertThat(anonymous.nextText()).contains("Annex.administer(ByteBuffer)", "[admin]");
            admin.sendBinary(ByteBuffer.allocate(1));
            assertThat(admin.nextText()).isEqualTo("done");
        }
    }
}
