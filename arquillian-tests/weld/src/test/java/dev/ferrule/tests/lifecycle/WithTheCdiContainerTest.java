package dev.ferrule.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.OnPort;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The server's life is the CDI container's. */
class WithTheCdiContainerTest {
    @Test
    void theServerAcceptsConnectionsAsSoonAsTheContainerIsUp() throws Exception {
        try (SeContainer cdi = Containers.of(Ear.class, OnPort.class).initialize();
                TestClient peer = TestClient.connect(
                        ContainerProvider.getWebSocketContainer(),
                        Containers.uri(cdi).resolve("ear"))) {
            peer.sendText("hello");
            assertThat(peer.nextText()).isEqualTo("1");
        }
    }

    @Test
    void sessionsEndWithGoingAwayWhenTheContainerEnds() throws Exception {
        SeContainer cdi = Containers.of(Ear.class, OnPort.class).initialize();
        TestClient peer = TestClient.connect(
                ContainerProvider.getWebSocketContainer(), Containers.uri(cdi).resolve("ear"));
        cdi.close();
        assertThat(peer.closeReason().getCloseCode()).isEqualTo(CloseReason.CloseCodes.GOING_AWAY);
    }

    @Test
    void nobodyListensWhenTheContainerHasEnded() {
        SeContainer cdi = Containers.of(Ear.class, OnPort.class).initialize();
        URI address = Containers.uri(cdi);
        cdi.close();
        assertThatThrownBy(() -> new Socket(InetAddress.getByName(address.getHost()), address.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void twoContainersInOneJvmDoNotMeet() throws Exception {
        try (SeContainer one = Containers.of(Ear.class, OnPort.class).initialize();
                SeContainer other = Containers.of(Ear.class, OnPort.class).initialize();
                TestClient toOne = TestClient.connect(
                        Containers.client(other), Containers.uri(one).resolve("ear"));
                TestClient toOther = TestClient.connect(
                        Containers.client(one), Containers.uri(other).resolve("ear"))) {
            toOne.sendText("a");
            assertThat(toOne.nextText()).isEqualTo("1");
            toOther.sendText("b");
            assertThat(toOther.nextText()).isEqualTo("1");
        }
    }
}
