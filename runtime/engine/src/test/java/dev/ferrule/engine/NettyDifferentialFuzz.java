package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FZ9: the same bytes to Netty's decoder and to ours. Both must tell the same messages, and refuse with the same code.
 * Where they may differ:
 *
 * <ul>
 *   <li>a frame that is not whole yet: Netty judges its payload when all of it has come, we at the first wrong byte.
 * </ul>
 */
public class NettyDifferentialFuzz {
    private static final int MAX_FRAME = 1000;

    static Stream<byte[]> seeds() throws Exception {
        return Stream.concat(Corpus.of("server", Role.SERVER), Corpus.of("client", Role.CLIENT));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void nettyAndWeUnderstandTheSame(byte[] input) {
        if (input.length < 1) {
            return;
        }
        Role role = input[0] % 2 == 0 ? Role.SERVER : Role.CLIENT;
        byte[] wire = Arrays.copyOfRange(input, 1, input.length);
        List<String> netty = netty(role, wire);
        List<String> ours = ours(role, wire);
        if (netty.equals(ours)) {
            return;
        }
        String last = ours.isEmpty() ? "" : ours.get(ours.size() - 1);
        boolean earlier =
                last.startsWith("violation") && ours.subList(0, ours.size() - 1).equals(netty);
        assertThat(earlier).as("Netty tells %s, we tell %s", netty, ours).isTrue();
    }

    private static List<String> ours(Role role, byte[] wire) {
        RecordingHandler handler = new RecordingHandler(Delivery.whole(Integer.MAX_VALUE));
        ProtocolEngine engine = new ProtocolEngine(role, new Limits(MAX_FRAME, Integer.MAX_VALUE), List.of(), handler);
        engine.inbound().receive(ByteBuffer.wrap(wire.clone()));
        List<String> events = new ArrayList<>(handler.events);
        events.removeIf(event -> event.startsWith("start ") || event.startsWith("outcome "));
        return events;
    }

    private static List<String> netty(Role role, byte[] wire) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(role.expectsMask())
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .maxFramePayloadLength(MAX_FRAME)
                .closeOnProtocolViolation(false)
                .build();
        EmbeddedChannel channel =
                new EmbeddedChannel(new WebSocket13FrameDecoder(config), new Utf8FrameValidator(false));
        List<String> events = new ArrayList<>();
        Message message = new Message(events);
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(wire.clone()));
        } catch (Exception e) {
            drain(channel, message);
            if (!message.closed) {
                events.add("violation "
                        + (e instanceof CorruptedWebSocketFrameException corrupted
                                ? corrupted.closeStatus().code()
                                : e));
            }
            return events;
        } finally {
            drain(channel, message);
            channel.releaseInbound();
        }
        return events;
    }

    private static void drain(EmbeddedChannel channel, Message message) {
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            message.add(frame);
            frame.release();
        }
    }

    /** Puts Netty's frames together. */
    private static final class Message {
        private final List<String> events;
        private final StringBuilder hex = new StringBuilder();
        private boolean text;
        private boolean closed;

        Message(List<String> events) {
            this.events = events;
        }

        void add(WebSocketFrame frame) {
            String content = ByteBufUtil.hexDump(frame.content());
            if (closed) {
                return;
            }
            if (frame instanceof PingWebSocketFrame) {
                events.add("ping " + content);
            } else if (frame instanceof PongWebSocketFrame) {
                events.add("pong " + content);
            } else if (frame instanceof CloseWebSocketFrame close) {
                closed = true;
                int code = close.statusCode() < 0 ? 1005 : close.statusCode();
                events.add("close " + code + " " + close.reasonText());
            } else {
                data(frame, content);
            }
        }

        private void data(WebSocketFrame frame, String content) {
            text = frame instanceof TextWebSocketFrame || !(frame instanceof BinaryWebSocketFrame) && text;
            hex.append(content);
            if (frame.isFinalFragment()) {
                byte[] bytes = ByteBufUtil.decodeHexDump(hex);
                events.add(text ? "text " + new String(bytes, StandardCharsets.UTF_8) : "binary " + hex);
                hex.setLength(0);
            }
        }
    }
}
