package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.spi.CallbackScope;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection whose session fails before the application hears of it. */
@Timeout(20)
class UnopenedTest {
    @ServerEndpoint("/endpoint")
    public static class Unaware {
        @OnOpen
        public void open() {
            Stage.see("open");
        }

        @OnClose
        public void close() {
            Stage.see("close");
        }
    }

    /** Has no memory for the session. */
    private record Poor(CountDownLatch ended) implements CallbackScope.Connection {
        @Override
        public CallbackScope.Activation enter(CallbackScope.Callback callback) {
            return () -> {};
        }

        @Override
        public void opened(Session session) {
            throw new OutOfMemoryError("heap");
        }

        @Override
        public void end() {
            ended.countDown();
        }
    }

    @Test
    void itsContextsEndAndNoCallbackIsCalled() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (Stage stage = Stage.with(builder -> builder.endpoint(Unaware.class).scope(handshake -> new Poor(ended)))) {
            stage.rawPeer("endpoint", true);
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Stage.rest()).isEmpty();
        }
    }
}
