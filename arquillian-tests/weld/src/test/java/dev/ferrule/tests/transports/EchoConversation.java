package dev.ferrule.tests.transports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The same endpoint and the same tests, whatever carries the bytes. */
abstract class EchoConversation {
    @Test
    void textComesBackThroughInjectedBeans(@Connect("echo/Ada") TestClient client) throws Exception {
        client.sendText("hello");
        assertThat(client.nextText()).isEqualTo("Ada: hello (stamped)");
    }

    @Test
    void bytesComeBack(@Connect("echo/Ada") TestClient client) throws Exception {
        client.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(client.nextBinary()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    @Test
    void aMessageOfManyFramesComesBackWhole(@Connect("echo/Ada") TestClient client) throws Exception {
        String long64k = "x".repeat(65_536);
        client.session().getBasicRemote().sendText(long64k, false);
        client.session().getBasicRemote().sendText("end", true);
        assertThat(client.nextText()).isEqualTo("Ada: " + long64k + "end (stamped)");
    }

    @Test
    void aCloseIsAnswered(@Connect("echo/Ada") TestClient client) throws Exception {
        client.close();
        client.expectClose(1000).within(TestClient.PATIENCE);
    }
}
