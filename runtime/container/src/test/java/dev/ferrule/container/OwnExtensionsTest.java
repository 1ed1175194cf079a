package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.session.Extensions;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.FrameTransform;
import dev.ferrule.engine.frame.Opcode;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Extensions of an application's own, and permessage-deflate as one of them (RFC 6455 §9). */
@Timeout(20)
class OwnExtensionsTest {
    private final MemoryTransport network = new MemoryTransport();
    private final AtomicInteger open = new AtomicInteger();
    private FerruleServer server;

    @AfterEach
    void stop() {
        server.close();
        assertThat(open).as("transforms that were not closed").hasValue(0);
    }

    @ServerEndpoint("/extensions")
    public static class Endpoint {
        @OnMessage
        String text(String text, Session session) {
            return text + " " + names(session);
        }
    }

    private static List<String> names(Session session) {
        return session.getNegotiatedExtensions().stream()
                .map(Extension::getName)
                .toList();
    }

    private Peer connect(FerruleServer.Builder builder) throws Exception {
        server = builder.transport(network)
                .set("ferrule.port", "0")
                .endpoint(Endpoint.class)
                .start();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .extensions(List.copyOf(server.container().getInstalledExtensions()))
                .build();
        return Peer.connect(server.container(), server.uri().resolve("extensions"), config);
    }

    @Test
    void permessageDeflateIsInstalledByDefault() throws Exception {
        Peer peer = connect(FerruleServer.builder());
        String text = "again and again ".repeat(100);
        assertThat(peer.send(text).next()).isEqualTo(text + " [permessage-deflate]");
        assertThat(names(peer.session)).containsExactly("permessage-deflate");
    }

    @Test
    void withoutCompressionNothingIsNegotiated() throws Exception {
        Peer peer = connect(FerruleServer.builder().set("ferrule.compression.enabled", "false"));
        assertThat(peer.send("x").next()).isEqualTo("x []");
    }

    @Test
    void aMessageMayBeKeptOutOfCompression() throws Exception {
        Peer peer = connect(FerruleServer.builder().extension(new Inverting()));
        peer.session.getUserProperties().put("dev.ferrule.compress", false);
        String text = "secret ".repeat(100);
        assertThat(peer.send(text).next()).isEqualTo(text + " [x-invert]");
        assertThat(Inverting.asked).containsExactly(false, true);
    }

    @Test
    void anApplicationsExtensionTransformsBothWaysAndWinsOverOneThatWantsItsReservedBit() throws Exception {
        Peer peer = connect(FerruleServer.builder().extension(new Inverting()));
        assertThat(peer.send("hello").next()).isEqualTo("hello [x-invert]");
        assertThat(names(peer.session)).containsExactly("x-invert");
    }

    @Test
    void anAnswerIsCheckedAgainstWhatTheConfigurationOffered() throws Exception {
        Inverting extension = new Inverting();
        server = FerruleServer.builder()
                .transport(network)
                .set("ferrule.port", "0")
                .extension(extension)
                .endpoint(Endpoint.class)
                .start();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .extensions(Extensions.toApi(ExtensionOffer.parse(List.of("x-invert; level=5, x-unheard-of"))))
                .build();
        Peer peer = Peer.connect(server.container(), server.uri().resolve("extensions"), config);
        assertThat(peer.send("hello").next()).isEqualTo("hello [x-invert]");
        assertThat(ExtensionOffer.print(extension.checkedAgainst)).isEqualTo("x-invert; level=5");
    }

    @Test
    void anExtensionThatThrowsEndsItsConnectionAtOnceAndOthersLive() throws Exception {
        Inverting extension = new Inverting();
        Peer peer = connect(FerruleServer.builder().extension(extension));
        Peer other = Peer.connect(server.container(), server.uri().resolve("extensions"));
        extension.broken = true;
        assertThatThrownBy(() -> peer.send("hello"))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
        assertThat(peer.endCode()).isEqualTo(1006);
        assertThat(other.send("hello").next()).isEqualTo("hello []");
    }

    /** Inverts every bit of a payload, on RSV1 as permessage-deflate has it. */
    private final class Inverting implements FrameExtension {
        static final Queue<Boolean> asked = new ConcurrentLinkedQueue<>();

        /** Whether nothing can be sent any more. */
        volatile boolean broken;

        volatile List<ExtensionOffer> checkedAgainst = List.of();

        Inverting() {
            asked.clear();
        }

        @Override
        public String name() {
            return "x-invert";
        }

        @Override
        public int rsvBits() {
            return FrameTransform.RSV1;
        }

        @Override
        public List<ExtensionOffer> offers() {
            return List.of(new ExtensionOffer(name(), List.of()));
        }

        @Override
        public Agreement acceptOffer(ExtensionOffer offer) {
            return new Agreement(offer, Transform::new);
        }

        @Override
        public Agreement acceptResponse(ExtensionOffer response, List<ExtensionOffer> offers) {
            checkedAgainst = offers;
            return new Agreement(response, Transform::new);
        }

        private final class Transform implements FrameTransform {
            Transform() {
                open.incrementAndGet();
            }

            @Override
            public int rsvBits() {
                return RSV1;
            }

            @Override
            public boolean beginInbound(Opcode opcode, int bits) {
                return bits == RSV1;
            }

            @Override
            public boolean inbound(ByteBuffer source, ByteBuffer target, boolean last) {
                while (source.hasRemaining() && target.hasRemaining()) {
                    target.put((byte) ~source.get());
                }
                return source.hasRemaining();
            }

            @Override
            public boolean beginOutbound(Opcode opcode, boolean compress) {
                asked.add(compress);
                return true;
            }

            @Override
            public @Nullable ByteBuffer outbound(ByteBuffer part, boolean last) {
                if (broken) {
                    throw new IllegalStateException("broken");
                }
                ByteBuffer inverted = ByteBuffer.allocate(part.remaining());
                while (part.hasRemaining()) {
                    inverted.put((byte) ~part.get());
                }
                return inverted.flip();
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        }
    }
}
