package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.memory.MemoryTransport;
import jakarta.websocket.DecodeException;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The values that endpoints get from paths and texts (WSC-4.3-3 to WSC-4.3-6, WSC-4.7-2). */
@Timeout(20)
class PathAndMessageValuesTest {
    private FerruleServer server;

    @ServerEndpoint("/{zulu}/{yankee}/{x-ray}/{whiskey}/{victor}/{uniform}")
    public static class Ordered {
        @OnMessage
        public String text(String text, Session session) {
            return String.join(" ", session.getPathParameters().keySet());
        }
    }

    @ServerEndpoint("/braces/{flag}")
    public static class Braces {
        @OnMessage
        public String text(String text, @PathParam("{flag}") Boolean flag) {
            return String.valueOf(flag);
        }
    }

    @ServerEndpoint("/char/{letter}")
    public static class OneCharacter {
        @OnMessage
        public String text(char message, @PathParam("letter") char letter) {
            return message + " " + letter;
        }

        @OnError
        public void error(Session session, Throwable failure) throws Exception {
            session.getBasicRemote().sendText(failure instanceof DecodeException ? "undecodable" : failure.toString());
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = FerruleServer.builder()
                .transport(new MemoryTransport())
                .set("ferrule.port", "0")
                .endpoint(Ordered.class)
                .endpoint(Braces.class)
                .endpoint(OneCharacter.class)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Peer connect(String path) throws Exception {
        return Peer.connect(server.container(), server.uri().resolve(path));
    }

    @Test
    @Tag("obligation-8.14")
    void pathParametersAreInTheOrderOfThePath() throws Exception {
        assertThat(connect("1/2/3/4/5/6").send("?").next()).isEqualTo("zulu yankee x-ray whiskey victor uniform");
    }

    @Test
    @Tag("obligation-9.8")
    void aPathParametersNameMayHaveItsBraces() throws Exception {
        assertThat(connect("braces/true").send("?").next()).isEqualTo("true");
    }

    @Test
    void aTextOfOneCharacterIsAChar() throws Exception {
        assertThat(connect("char/a").send("E").next()).isEqualTo("E a");
    }

    @Test
    @Tag("obligation-9.17")
    void ofALongerTextACharIsTheFirst() throws Exception {
        assertThat(connect("char/a").send("Echo").next()).isEqualTo("E a");
    }

    @Test
    void anEmptyTextIsNoChar() throws Exception {
        assertThat(connect("char/a").send("").next()).isEqualTo("undecodable");
    }

    @Test
    @Tag("obligation-9.10")
    void aLongerSegmentIsNoChar() throws Exception {
        assertThat(connect("char/ab").send("E").next()).isEqualTo("undecodable");
    }
}
