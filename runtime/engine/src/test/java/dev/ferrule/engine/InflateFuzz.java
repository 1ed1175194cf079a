package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.extension.FrameTransform;
import dev.ferrule.engine.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FZ6: several compressed messages in a row. The first byte chooses context takeover and how input and output are
 * sliced; then come messages, each with its length in two bytes. The same bytes are also compressed and unfolded again.
 */
public class InflateFuzz {
    private static final byte[] TAIL = {0, 0, -1, -1};
    private static final int WINDOW = 32 * 1024;
    /** Zlib unfolds a byte to a thousand at most. */
    private static final int MOST_UNFOLDED = 1 << 17;

    static Stream<byte[]> seeds() throws Exception {
        return Corpus.of("inflate");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void compressedMessagesAreWhatZlibSays(byte[] input) throws Exception {
        if (input.length < 1) {
            return;
        }
        boolean takeover = (input[0] & 1) != 0;
        int slice = 1 + (input[0] >> 1 & 7) * 37;
        int room = 1 + (input[0] >> 4 & 7) * 1000;
        try (Deflated deflated = new Deflated()) {
            FrameTransform transform = deflated.transform(takeover ? "" : "; client_no_context_takeover");
            byte[] context = {};
            for (byte[] message : messages(input)) {
                byte[] unfolded = unfold(transform, message, slice, room);
                if (unfolded == null) {
                    break;
                }
                byte[] reference = reference(context, message, unfolded.length);
                if (!Arrays.equals(unfolded, reference)) {
                    throw new AssertionError(unfolded.length + " bytes differ from zlib's " + reference.length);
                }
                context = takeover ? tail(context, unfolded) : context;
            }
            transform.close();
            requireRoundTrip(deflated, input);
            deflated.close();
            assertThat(deflated.extension().liveStates()).isZero();
        }
    }

    private static List<byte[]> messages(byte[] input) {
        List<byte[]> messages = new ArrayList<>();
        int at = 1;
        while (at + 2 <= input.length) {
            int length = (input[at] & 0xFF) << 8 | input[at + 1] & 0xFF;
            int end = Math.min(input.length, at + 2 + length);
            messages.add(Arrays.copyOfRange(input, at + 2, end));
            at = end;
        }
        return messages;
    }

    /** The message, or null when it was refused or is too long to go on with. */
    private static byte[] unfold(FrameTransform transform, byte[] message, int slice, int room) throws Exception {
        ByteArrayOutputStream unfolded = new ByteArrayOutputStream();
        transform.beginInbound(Opcode.BINARY, FrameTransform.RSV1);
        int at = 0;
        do {
            ByteBuffer source = ByteBuffer.wrap(message, at, Math.min(slice, message.length - at));
            at += source.remaining();
            boolean more = true;
            while (more) {
                ByteBuffer target = ByteBuffer.allocate(room);
                try {
                    more = transform.inbound(source, target, at == message.length);
                } catch (ProtocolViolation e) {
                    assertThat(e.closeCode()).isEqualTo(1007);
                    return null;
                }
                unfolded.write(target.array(), 0, target.position());
                if (unfolded.size() > MOST_UNFOLDED) {
                    return null;
                }
            }
        } while (at < message.length);
        return unfolded.toByteArray();
    }

    /** RFC 7692 §7.2.2 with zlib and nothing else: what was unfolded before is the dictionary. */
    private static byte[] reference(byte[] context, byte[] message, int expected) throws DataFormatException {
        byte[] wire = Arrays.copyOf(message, message.length + TAIL.length);
        System.arraycopy(TAIL, 0, wire, message.length, TAIL.length);
        byte[] out = new byte[expected + 1];
        int count = 0;
        int at = 0;
        boolean ended = message.length == 0;
        while (!ended) {
            Inflater inflater = new Inflater(true);
            byte[] dictionary = tail(context, Arrays.copyOf(out, count));
            if (dictionary.length > 0) {
                inflater.setDictionary(dictionary);
            }
            inflater.setInput(wire, at, wire.length - at);
            int unfolded = 1;
            while (unfolded > 0) {
                unfolded = inflater.inflate(out, count, out.length - count);
                count += unfolded;
            }
            at = wire.length - inflater.getRemaining();
            ended = !inflater.finished() || at >= message.length;
            inflater.end();
        }
        return Arrays.copyOf(out, count);
    }

    private static byte[] tail(byte[] before, byte[] after) {
        byte[] all = Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, all, before.length, after.length);
        return Arrays.copyOfRange(all, Math.max(0, all.length - WINDOW), all.length);
    }

    private static void requireRoundTrip(Deflated deflated, byte[] input) throws Exception {
        int bits = 8 + (input[0] & 7);
        FrameTransform sender = deflated.transform("; server_max_window_bits=" + bits);
        FrameTransform receiver = deflated.transform("");
        for (int cut : new int[] {input.length / 3, 0, input.length}) {
            sender.beginOutbound(Opcode.BINARY, true);
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            write(sender.outbound(ByteBuffer.wrap(input, 0, cut), false), wire);
            write(sender.outbound(ByteBuffer.wrap(input, cut, input.length - cut), true), wire);
            byte[] unfolded = unfold(receiver, wire.toByteArray(), 1 << 20, 1 << 16);
            if (unfolded != null && !Arrays.equals(unfolded, input)) {
                throw new AssertionError("a message of " + input.length + " bytes did not come back");
            }
            assertThat(unfolded == null).isEqualTo(input.length > MOST_UNFOLDED);
        }
        sender.close();
        receiver.close();
    }

    private static void write(ByteBuffer part, ByteArrayOutputStream wire) {
        wire.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
    }
}
