package dev.ferrule.samples.benchmarks;

import dev.ferrule.engine.frame.Masking;
import java.nio.ByteBuffer;
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

/** Masking in place, the long way round beside it: a byte at a time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MaskingBenchmark {
    @Param({"64", "4096", "1048576"})
    int bytes;

    @Param({"heap", "direct"})
    String memory;

    private ByteBuffer buffer;

    @Setup
    public void setUp() {
        buffer = memory.equals("heap") ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes);
    }

    @Benchmark
    public ByteBuffer engine() {
        Masking.apply(buffer, 0, bytes, Payloads.KEY, 0);
        return buffer;
    }

    @Benchmark
    public ByteBuffer byteByByte() {
        for (int i = 0; i < bytes; i++) {
            buffer.put(i, (byte) (buffer.get(i) ^ Payloads.KEY >>> 24 - 8 * (i & 3)));
        }
        return buffer;
    }
}
