package dev.ferrule.samples.benchmarks;

import dev.ferrule.engine.CloseHandshake;
import dev.ferrule.engine.Delivery;
import dev.ferrule.engine.InboundHandler;
import dev.ferrule.engine.Output;
import dev.ferrule.engine.ProtocolEngine;
import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.extension.DeflateSettings;
import dev.ferrule.engine.extension.FrameTransform;
import dev.ferrule.engine.extension.PerMessageDeflate;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One message through the engine: parsed on a server, written by a server, and compressed there and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {
    private static final Limits LIMITS = new Limits(1 << 24, 1024);

    @Param({"64", "1024", "4096"})
    int bytes;

    private final Wire wire = new Wire();
    private final Last received = new Last();
    private byte[] textFrame;
    private byte[] binaryFrame;
    private byte[] arrival;
    private ByteBuffer json;
    private ProtocolEngine server;
    private ProtocolEngine deflatingServer;
    private ProtocolEngine inflatingClient;
    private PerMessageDeflate deflate;

    @Setup
    public void setUp() throws Exception {
        textFrame = Payloads.clientFrame(1, Payloads.text("ascii", bytes));
        binaryFrame = Payloads.clientFrame(2, Payloads.text("ascii", bytes));
        arrival = new byte[Math.max(textFrame.length, binaryFrame.length)];
        json = ByteBuffer.wrap(Payloads.text("json", bytes));
        server = new ProtocolEngine(Role.SERVER, LIMITS, List.of(), received);
        deflate = new PerMessageDeflate(DeflateSettings.DEFAULT);
        var offers = deflate.offers();
        var agreed = deflate.acceptOffer(offers.get(0));
        FrameTransform serverSide = agreed.transforms().get();
        FrameTransform clientSide =
                deflate.acceptResponse(agreed.response(), offers).transforms().get();
        deflatingServer = new ProtocolEngine(Role.SERVER, LIMITS, List.of(serverSide), received);
        inflatingClient = new ProtocolEngine(Role.CLIENT, LIMITS, List.of(clientSide), received);
    }

    @TearDown
    public void tearDown() {
        deflatingServer.close();
        inflatingClient.close();
        deflate.close();
    }

    @Benchmark
    public Object parseText() {
        return parse(textFrame);
    }

    @Benchmark
    public Object parseBinary() {
        return parse(binaryFrame);
    }

    private Object parse(byte[] frame) {
        // Unmasking happens in place, so each run wants the bytes anew.
        System.arraycopy(frame, 0, arrival, 0, frame.length);
        server.inbound().receive(ByteBuffer.wrap(arrival, 0, frame.length));
        return received.message;
    }

    @Benchmark
    public ByteBuffer write() {
        wire.buffer.clear();
        server.outbound().data(Opcode.TEXT, json, true, true, wire);
        return wire.buffer;
    }

    @Benchmark
    public Object deflateRoundTrip() {
        wire.buffer.clear();
        deflatingServer.outbound().data(Opcode.TEXT, json, true, true, wire);
        inflatingClient.inbound().receive(wire.buffer.flip());
        return received.message;
    }

    /** Takes what is written. */
    private static final class Wire implements Output {
        final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);

        @Override
        public ByteBuffer room(int minBytes) {
            return buffer;
        }

        @Override
        public void append(ByteBuffer payload) {
            buffer.put(payload.duplicate());
        }
    }

    /** Keeps the last message. */
    private static final class Last implements InboundHandler {
        private static final Delivery WHOLE = Delivery.whole(1 << 24);
        Object message;

        @Override
        public Delivery onMessageStart(Opcode opcode) {
            return WHOLE;
        }

        @Override
        public void onText(String text) {
            message = text;
        }

        @Override
        public void onBinary(ByteBuffer bytes) {
            message = bytes;
        }

        @Override
        public void onTextPart(String part, boolean last) {}

        @Override
        public void onBinaryPart(ByteBuffer part, boolean last) {}

        @Override
        public void onPing(ByteBuffer payload) {}

        @Override
        public void onPong(ByteBuffer payload) {}

        @Override
        public void onClose(ClosePayload payload, CloseHandshake.Outcome outcome) {}

        @Override
        public void onViolation(ProtocolViolation violation, CloseHandshake.Outcome outcome) {
            throw new IllegalStateException(violation);
        }
    }
}
