package dev.ferrule.container.coder;

import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Takes what a stream encoder writes, in pieces: a long message is never copied into one array. Threading: one thread.
 */
final class Chunks extends OutputStream {
    /** The least to begin with. */
    private static final int FIRST_BYTES = 128;

    /** A full chunk: large enough that one more buffer in a gathered write does not count. */
    private static final int CHUNK_BYTES = 16 << 10;

    private final List<ByteBuffer> full = new ArrayList<>(1);
    private byte[] chunk;
    private int filled;

    /** Chunks for about so many bytes, or more. */
    Chunks(int expectedBytes) {
        chunk = new byte[Math.max(FIRST_BYTES, Math.min(expectedBytes, CHUNK_BYTES))];
    }

    /** Everything that was written. */
    List<ByteBuffer> bytes() {
        if (filled > 0 || full.isEmpty()) {
            full.add(ByteBuffer.wrap(chunk, 0, filled));
        }
        return List.copyOf(full);
    }

    @Override
    public void write(int single) {
        if (filled == chunk.length) {
            grow();
        }
        chunk[filled++] = (byte) single;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int done = 0;
        while (done < length) {
            if (filled == chunk.length) {
                grow();
            }
            int count = Math.min(length - done, chunk.length - filled);
            System.arraycopy(bytes, offset + done, chunk, filled, count);
            filled += count;
            done += count;
        }
    }

    private void grow() {
        if (chunk.length < CHUNK_BYTES) {
            chunk = Arrays.copyOf(chunk, Math.min(CHUNK_BYTES, 2 * chunk.length));
        } else {
            full.add(ByteBuffer.wrap(chunk));
            chunk = new byte[CHUNK_BYTES];
            filled = 0;
        }
    }

    /** A writer of UTF-8 into the chunks, which needs no flush; half a character becomes a question mark, as in {@code String}. */
    Writer writer() {
        return new Utf8();
    }

    private final class Utf8 extends Writer {
        private static final int REPLACEMENT = '?';

        /** The first half of a character whose second half has not come yet, or 0. */
        private char high;

        @Override
        public void write(char[] characters, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, characters.length);
            int end = offset + length;
            for (int i = offset; i < end; i++) {
                i = high == 0 ? ascii(characters, i, end) : i;
                if (i < end) {
                    put(characters[i]);
                }
            }
        }

        /** Most of what is written: one byte each, as far as the chunk has room. */
        private int ascii(char[] characters, int from, int end) {
            byte[] to = chunk;
            int at = filled;
            int last = Math.min(end, from + to.length - at);
            int i = from;
            while (i < last && characters[i] < 0x80) {
                to[at++] = (byte) characters[i++];
            }
            filled = at;
            return i;
        }

        @Override
        public void write(String text, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                put(text.charAt(i));
            }
        }

        @Override
        public void write(int single) {
            put((char) single);
        }

        private void put(char c) {
            if (high != 0) {
                char first = high;
                high = 0;
                if (Character.isLowSurrogate(c)) {
                    int whole = Character.toCodePoint(first, c);
                    Chunks.this.write(0xF0 | whole >> 18);
                    Chunks.this.write(0x80 | whole >> 12 & 0x3F);
                    Chunks.this.write(0x80 | whole >> 6 & 0x3F);
                    Chunks.this.write(0x80 | whole & 0x3F);
                    return;
                }
                Chunks.this.write(REPLACEMENT);
            }
            if (c < 0x80) {
                Chunks.this.write(c);
            } else if (c < 0x800) {
                Chunks.this.write(0xC0 | c >> 6);
                Chunks.this.write(0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c)) {
                high = c;
            } else if (Character.isLowSurrogate(c)) {
                Chunks.this.write(REPLACEMENT);
            } else {
                Chunks.this.write(0xE0 | c >> 12);
                Chunks.this.write(0x80 | c >> 6 & 0x3F);
                Chunks.this.write(0x80 | c & 0x3F);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            if (high != 0) {
                high = 0;
                Chunks.this.write(REPLACEMENT);
            }
        }
    }
}
