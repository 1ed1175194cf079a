package dev.ferrule.tests.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class SharedTest {
    @Inject
    Event<Board.Notice> notices;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Board.class, Board.Notice.class, Counter.class);
    }

    @Test
    void theObserverIsTheInstanceThatGetsTheCallbacks(
            @Connect("board") TestClient one, @Connect("board") TestClient other) {
        notices.fire(new Board.Notice("lunch"));
        assertThat(one.nextText()).isEqualTo("lunch");
        assertThat(other.nextText()).isEqualTo("lunch");
    }

    @Test
    @Tag("obligation-13.3")
    void itOutlivesAConnection(@Connect("board") TestClient staying, @Connect("board") TestClient leaving)
            throws Exception {
        leaving.close();
        leaving.awaitEnd();
        notices.fire(new Board.Notice("still here"));
        assertThat(staying.nextText()).isEqualTo("still here");
    }

    @Test
    @Tag("obligation-13.3")
    void aSingletonIsShared(@Connect("counter") TestClient one, @Connect("counter") TestClient other) throws Exception {
        one.sendText("a");
        assertThat(one.nextText()).isEqualTo("1");
        other.sendText("b");
        assertThat(other.nextText()).isEqualTo("2");
    }
}
