package dev.ferrule.tests.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class SharedTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Event<Board.Notice> notices;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Board.class, Board.Notice.class, Counter.class);
    }

    /** A client that the board knows: its connection is open there, too, when the board has answered. */
    private TestClient reader() throws Exception {
        TestClient reader = TestClient.connect(container, server.resolve("board"));
        reader.sendText("am I in?");
        reader.nextText();
        return reader;
    }

    @Test
    void theObserverIsTheInstanceThatGetsTheCallbacks() throws Exception {
        try (TestClient one = reader();
                TestClient other = reader()) {
            notices.fire(new Board.Notice("lunch"));
            assertThat(one.nextText()).isEqualTo("lunch");
            assertThat(other.nextText()).isEqualTo("lunch");
        }
    }

    @Test
    @Tag("obligation-13.3")
    void itOutlivesAConnection() throws Exception {
        try (TestClient staying = reader()) {
            TestClient leaving = reader();
            leaving.close();
            leaving.closeReason();
            notices.fire(new Board.Notice("still here"));
            assertThat(staying.nextText()).isEqualTo("still here");
        }
    }

    @Test
    @Tag("obligation-13.3")
    void aSingletonIsShared() throws Exception {
        try (TestClient one = TestClient.connect(container, server.resolve("counter"));
                TestClient other = TestClient.connect(container, server.resolve("counter"))) {
            one.sendText("a");
            assertThat(one.nextText()).isEqualTo("1");
            other.sendText("b");
            assertThat(other.nextText()).isEqualTo("2");
        }
    }
}
