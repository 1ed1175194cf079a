package dev.ferrule.container.coder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into the chunks comes out of them, and nothing is copied into one array. */
class ChunksTest {
    private static byte[] joined(List<ByteBuffer> chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer chunk : chunks) {
            all.write(chunk.array(), chunk.position(), chunk.remaining());
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 1024, 16_383, 16_384, 16_385, 32_768, 100_000})
    void bytesComeOutAsTheyWentIn(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Chunks chunks = new Chunks(length % 3 * 1000);
        for (int from = 0; from < length; ) {
            int step = Math.min(length - from, 1 + from % 977);
            if (step == 1) {
                chunks.write(bytes[from]);
            } else {
                chunks.write(bytes, from, step);
            }
            from += step;
        }
        List<ByteBuffer> out = chunks.bytes();
        assertThat(joined(out)).isEqualTo(bytes);
        assertThat(out).hasSize(Math.max(1, (length + 16_383) / 16_384));
    }

    @Test
    void textBecomesTheSameUtf8AsStringsHoweverItIsCut() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(300) * random.nextInt(100); i >= 0; i--) {
                switch (random.nextInt(6)) {
                    case 0 -> text.append((char) (0x80 + random.nextInt(0x700)));
                    case 1 -> text.append((char) (0x800 + random.nextInt(0xF000)));
                    case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                    case 3 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                    default -> text.append((char) random.nextInt(0x80));
                }
            }
            Chunks chunks = new Chunks(random.nextInt(20_000));
            try (Writer writer = chunks.writer()) {
                for (int from = 0; from < text.length(); ) {
                    int to = Math.min(text.length(), from + 1 + random.nextInt(5000));
                    String part = text.substring(from, to);
                    switch (random.nextInt(3)) {
                        case 0 -> writer.write(part);
                        case 1 -> writer.write(part.toCharArray());
                        default -> {
                            writer.write(part.charAt(0));
                            writer.append(part, 1, part.length()).flush();
                        }
                    }
                    from = to;
                }
            }
            assertThat(joined(chunks.bytes()))
                    .as("seed %d", seed)
                    .isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
