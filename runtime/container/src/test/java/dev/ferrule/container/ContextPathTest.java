package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.memory.MemoryTransport;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints below a context path (WSC-4.1.1-2, WSC-6.4-1). */
@Timeout(20)
class ContextPathTest {
    @ServerEndpoint("/where")
    public static class Where {
        @OnMessage
        public String text(String text, Session session) {
            return session.getRequestURI().getPath();
        }
    }

    private FerruleServer server;

    @BeforeEach
    void start() throws Exception {
        server = FerruleServer.builder()
                .transport(new MemoryTransport())
                .set("ferrule.port", "0")
                .contextPath("/app")
                .endpoint(Where.class)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theServersUriEndsWithTheContextPath() {
        assertThat(server.uri().getPath()).isEqualTo("/app/");
    }

    @Test
    @Tag("obligation-7.7")
    void anEndpointLivesBelowTheContextPath() throws Exception {
        URI uri = server.uri().resolve("where");
        assertThat(Peer.connect(server.container(), uri).send("?").next()).isEqualTo("/app/where");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/where", "/appwhere", "/app", "/other/where"})
    void requestsElsewhereAreForNoEndpoint(String path) {
        assertThatThrownBy(() -> Peer.connect(server.container(), server.uri().resolve(path)))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "/", "/app/"})
    void anythingElseIsNoContextPath(String path) {
        assertThatThrownBy(() -> FerruleServer.builder().contextPath(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + path + "'");
    }
}
