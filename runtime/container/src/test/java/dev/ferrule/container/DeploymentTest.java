package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.settings.SettingsException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.Reader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stops a start, and what people are told. */
@Timeout(20)
class DeploymentTest {
    @ServerEndpoint("/twice")
    public static class TwoTexts {
        @OnMessage
        public void first(String text) {}

        @OnMessage
        public void second(Reader text) {}
    }

    @ServerEndpoint("no-slash")
    public static class BadPath {}

    @ServerEndpoint("/args")
    public static class NoConstructor {
        public NoConstructor(int argument) {}
    }

    @ServerEndpoint("/same/{a}")
    public static class One {}

    @ServerEndpoint("/same/{b}")
    public static class Other {}

    private static FerruleServer.Builder builder() {
        return FerruleServer.builder().transport(new MemoryTransport()).set("ferrule.port", "0");
    }

    @Test
    @Tag("obligation-7.2")
    @Tag("obligation-7.17")
    void everyProblemOfEveryEndpointIsInOneMessage() {
        assertThatThrownBy(() -> builder()
                        .endpoint(TwoTexts.class)
                        .endpoint(BadPath.class)
                        .endpoint(NoConstructor.class)
                        .endpoint(One.class)
                        .endpoint(Other.class)
                        .start())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("Both " + TwoTexts.class.getName() + ".first(String)")
                .hasMessageContaining("The path 'no-slash' cannot be an endpoint's: it must start with a slash")
                .hasMessageContaining(NoConstructor.class.getName() + " has no constructor without parameters")
                .hasMessageContaining(One.class.getName() + " at /same/{a}")
                .hasMessageContaining(Other.class.getName() + " at /same/{b}");
    }

    @Test
    void aPortInUseIsNamedWithItsSetting() throws Exception {
        MemoryTransport network = new MemoryTransport();
        try (FerruleServer first = FerruleServer.builder()
                .transport(network)
                .set("ferrule.port", "0")
                .start()) {
            String port = String.valueOf(first.uri().getPort());
            assertThatThrownBy(() -> FerruleServer.builder()
                            .transport(network)
                            .set("ferrule.port", port)
                            .start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ferrule.port=" + port);
        }
    }

    @Test
    void anUnreadableKeyStoreIsNamedWithItsSetting() {
        assertThatThrownBy(() ->
                        builder().set("ferrule.tls.keystore", "/no/such/file").start())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ferrule.tls.keystore is '/no/such/file'");
    }

    @Test
    void anUnknownTransportIsNamedWithThoseThatThereAre() {
        assertThatThrownBy(() -> FerruleServer.builder()
                        .set("ferrule.transport", "pigeon")
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'pigeon'")
                .hasMessageContaining("memory");
    }

    @Test
    void aServerListensOnce() throws Exception {
        try (Stage stage = Stage.of()) {
            assertThatThrownBy(stage.server::listen)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("listens already, on " + stage.server.uri());
        }
    }

    @Test
    void withoutATransportTheMessageSaysWhatToAdd() {
        assertThatThrownBy(() -> FerruleServer.builder().start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ferrule-transport-netty");
    }
}
