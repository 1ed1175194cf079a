package dev.ferrule.container.send;

import dev.ferrule.engine.frame.Opcode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One message as a stream: parts go out as they fill up, closing ends the message. Never written to, it sends nothing;
 * written to, even with nothing, it sends a message.
 *
 * <p>Threading: one thread at a time. Other data waits until the stream is closed.
 */
final class SendStream extends OutputStream {
    /** What one part carries: large enough that frame headers and writes do not count. */
    private static final int PART_BYTES = 16 << 10;

    private final Sender sender;
    private final Opcode type;
    private byte[] buffer = new byte[512];
    private int filled;
    private boolean touched;
    private boolean closed;

    /** A part was lost: the message must not be ended as if it were whole. */
    private boolean broken;

    SendStream(Sender sender, Opcode type) {
        this.sender = sender;
        this.type = type;
    }

    /** A write of nothing is a write too. */
    void touch() throws IOException {
        if (closed) {
            throw new IOException("The stream of this message is closed");
        }
        if (broken) {
            throw new IOException("A part of this message could not be sent, so the message cannot be");
        }
        touched = true;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        touch();
        int position = offset;
        int left = length;
        while (left > 0) {
            if (filled == PART_BYTES) {
                send(false);
            }
            int count = Math.min(left, PART_BYTES - filled);
            if (filled + count > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(PART_BYTES, Math.max(filled + count, buffer.length * 4)));
            }
            System.arraycopy(bytes, position, buffer, filled, count);
            filled += count;
            position += count;
            left -= count;
        }
    }

    @Override
    public void flush() throws IOException {
        if (!closed && !broken && filled > 0) {
            send(false);
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            if (touched && !broken) {
                send(true);
            }
        }
    }

    private void send(boolean last) throws IOException {
        ByteBuffer part = ByteBuffer.wrap(buffer, 0, filled);
        filled = 0;
        if (!last) {
            // In a batch, or after an interrupt, the part may outlive this call.
            buffer = new byte[PART_BYTES];
        }
        try {
            sender.sendAndWait(type, List.of(part), last, this);
        } catch (InterruptedIOException goesAllTheSame) {
            throw goesAllTheSame;
        } catch (IOException | RuntimeException lost) {
            broken = true;
            throw lost;
        }
    }
}
