package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.api.Role;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
import io.netty.util.ReferenceCountUtil;
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
 *   <li>a frame that is not whole yet: Netty judges its payload when all of it has come, we at the first wrong byte;
 *   <li>a close frame with both a wrong code and a reason that is no UTF-8: Netty names the reason, we the code;
 *   <li>close codes from 5000 on: RFC 6455 §7.4.2 has no range for them; Netty passes them on, we refuse;
 *   <li>a close reason that ends within a character: Netty passes it on, we refuse (RFC 6455 §8.1).
 * </ul>
 */
public class NettyDifferentialFuzz {
    private static final int MAX_FRAME = 1000;

    static Stream<byte[]> seeds() throws Exception {
        return Stream.concat(Corpus.of("server", Role.SERVER), Corpus.of("netty"));
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
        RecordingHandler handler = ours(role, wire);
        List<String> ours = handler.events;
        if (netty.equals(ours)) {
            return;
        }
        assertThat(isEarlier(ours, netty) || isWrongClose(handler, netty))
                .as("Netty tells %s, we tell %s", netty, ours)
                .isTrue();
    }

    private static boolean isEarlier(List<String> ours, List<String> netty) {
        return ours.size() == netty.size() + 1
                && ours.subList(0, netty.size()).equals(netty)
                && ours.get(netty.size()).startsWith("violation");
    }

    private static boolean isWrongClose(RecordingHandler handler, List<String> netty) {
        int last = handler.events.size() - 1;
        if (last < 0
                || handler.violations.isEmpty()
                || netty.size() != last + 1
                || !handler.events.subList(0, last).equals(netty.subList(0, last))) {
            return false;
        }
        ProtocolViolation violation = handler.violations.get(0);
        String close = netty.get(last);
        return violation.getMessage().startsWith("The close code")
                ? close.equals("violation 1007") || close.matches("(?s)close ([5-9]\\d{3}|\\d{5}) .*")
                : violation.closeCode() == 1007 && close.matches("(?s)close \\d+ .*\uFFFD");
    }

    private static RecordingHandler ours(Role role, byte[] wire) {
        RecordingHandler handler = new RecordingHandler(Delivery.whole(Integer.MAX_VALUE));
        ProtocolEngine engine = new ProtocolEngine(role, new Limits(MAX_FRAME, Integer.MAX_VALUE), List.of(), handler);
        engine.inbound().receive(ByteBuffer.wrap(wire.clone()));
        handler.events.removeIf(event -> event.startsWith("start ") || event.startsWith("outcome "));
        return handler;
    }

    private static List<String> netty(Role role, byte[] wire) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(role.expectsMask())
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .maxFramePayloadLength(MAX_FRAME)
                .closeOnProtocolViolation(false)
                .build();
        Record record = new Record();
        EmbeddedChannel channel =
                new EmbeddedChannel(new WebSocket13FrameDecoder(config), new Utf8FrameValidator(false), record);
        channel.writeInbound(Unpooled.wrappedBuffer(wire.clone()));
        channel.finishAndReleaseAll();
        return record.events;
    }

    /** Puts Netty's frames together, up to the first close frame or fault. */
    private static final class Record extends ChannelInboundHandlerAdapter {
        private final List<String> events = new ArrayList<>();
        private final StringBuilder hex = new StringBuilder();
        private boolean text;
        private boolean ended;

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
            if (!ended) {
                ended = true;
                events.add("violation "
                        + (fault instanceof CorruptedWebSocketFrameException corrupted
                                ? corrupted.closeStatus().code()
                                : fault));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!ended) {
                add((WebSocketFrame) message);
            }
            ReferenceCountUtil.release(message);
        }

        private void add(WebSocketFrame frame) {
            String content = ByteBufUtil.hexDump(frame.content());
            if (frame instanceof PingWebSocketFrame) {
                events.add("ping " + content);
            } else if (frame instanceof PongWebSocketFrame) {
                events.add("pong " + content);
            } else if (frame instanceof CloseWebSocketFrame close) {
                ended = true;
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
