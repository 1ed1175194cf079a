package dev.ferrule.samples.benchmarks;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.message.Utf8Validator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.annotations.Warmup;

/** From bytes to checked text: of a whole message, by the automaton for split ones, and by the JDK's strict decoder. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TextBenchmark {
    @Param({"ascii", "latin", "cjk", "emoji"})
    String kind;

    private byte[] bytes;
    private final CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    private final Utf8Validator automaton = new Utf8Validator();

    @Setup
    public void setUp() {
        bytes = Payloads.text(kind, 4096);
    }

    @Benchmark
    public String wholeMessage() throws ProtocolViolation {
        return Utf8Validator.decode(bytes, 0, bytes.length);
    }

    @Benchmark
    public boolean automaton() {
        return automaton.accepts(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    @Benchmark
    public String strictDecoder() throws CharacterCodingException {
        return strict.decode(ByteBuffer.wrap(bytes)).toString();
    }
}
