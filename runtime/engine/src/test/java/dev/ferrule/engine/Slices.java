package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Feeds the same bytes whole, byte by byte and in random slices, and finds the same events each time. */
final class Slices {
    private static final int RANDOM_RUNS = 3;
    /** Longer inputs would make the run with single bytes slow without showing more. */
    private static final int BYTE_BY_BYTE_BYTES = 1 << 17;

    private Slices() {}

    /** One engine under test with its record. */
    record Subject(ProtocolEngine engine, RecordingHandler handler) {}

    /** The events, which do not depend on the slicing. */
    static List<String> events(Supplier<Subject> subjects, byte[] wire) {
        List<String> whole = run(subjects.get(), wire, wire.length == 0 ? 1 : wire.length, null);
        if (wire.length <= BYTE_BY_BYTE_BYTES) {
            assertThat(run(subjects.get(), wire, 1, null)).as("byte by byte").isEqualTo(whole);
        }
        for (int i = 0; i < RANDOM_RUNS; i++) {
            long seed = Long.getLong("ferrule.test.seed", new Random().nextLong());
            int most = 1 + (int) Math.min(wire.length, 1L << new Random(seed).nextInt(14));
            assertThat(run(subjects.get(), wire, most, new Random(seed)))
                    .as("random slices with -Dferrule.test.seed=%d", seed)
                    .isEqualTo(whole);
        }
        return whole;
    }

    /** Feeds slices of {@code most} bytes, or of random lengths up to it. */
    static List<String> run(Subject subject, byte[] wire, int most, Random random) {
        int at = 0;
        while (at < wire.length) {
            int count = Math.min(wire.length - at, random == null ? most : 1 + random.nextInt(most));
            ByteBuffer slice = ByteBuffer.allocate(count);
            slice.put(0, wire, at, count);
            assertThat(subject.engine().inbound().receive(slice)).isTrue();
            assertThat(slice.hasRemaining()).isFalse();
            at += count;
        }
        subject.engine().close();
        return subject.handler().events;
    }
}
