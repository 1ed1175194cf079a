package dev.ferrule.wirekit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames as one role does: {@link #client()} masks, {@link #server()} does not. The shortcuts write good frames;
 * {@link #frame()} starts one that may be wrong in any way that the wire can carry.
 *
 * <pre>{@code
 * peer.send(WireFrames.client().text("hello"));
 * peer.send(WireFrames.client().frame().opcode(3).declaredLength(LengthForm.BITS_64, 1L << 40).bytes());
 * }</pre>
 *
 * <p>Threading: immutable; a {@link Frame} belongs to one thread.
 */
public final class WireFrames {
    /** Opcode of a frame that continues a message. */
    public static final int CONTINUATION = 0;
    /** Opcode of a text frame. */
    public static final int TEXT = 1;
    /** Opcode of a binary frame. */
    public static final int BINARY = 2;
    /** Opcode of a close frame. */
    public static final int CLOSE = 8;
    /** Opcode of a ping. */
    public static final int PING = 9;
    /** Opcode of a pong. */
    public static final int PONG = 10;

    /** The three ways to write a payload length; RFC 6455 §5.2 allows only the shortest that fits. */
    public enum LengthForm {
        /** In the second byte, 0 to 125. */
        BITS_7,
        /** 126 and two bytes. */
        BITS_16,
        /** 127 and eight bytes. */
        BITS_64
    }

    /** The masking key of RFC 6455 §5.7's examples: tests want bytes that they can foresee. */
    private static final byte[] SAMPLE_KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private static final WireFrames CLIENT = new WireFrames(true);
    private static final WireFrames SERVER = new WireFrames(false);

    private final boolean masking;

    private WireFrames(boolean masking) {
        this.masking = masking;
    }

    /** Frames as a client writes them: masked, with the key of the RFC's examples. */
    public static WireFrames client() {
        return CLIENT;
    }

    /** Frames as a server writes them: not masked. */
    public static WireFrames server() {
        return SERVER;
    }

    /** The bytes of several frames, one behind the other: what arrives in one segment. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A whole text message. */
    public byte[] text(String text) {
        return text(text, true);
    }

    /** A text frame, the first of a fragmented message unless {@code fin}. */
    public byte[] text(String text, boolean fin) {
        return frame().opcode(TEXT).fin(fin).payload(text).bytes();
    }

    /** A whole binary message. */
    public byte[] binary(byte... payload) {
        return frame().opcode(BINARY).payload(payload).bytes();
    }

    /** A frame that continues a message, and ends it when {@code fin}. */
    public byte[] continuation(byte[] payload, boolean fin) {
        return frame().opcode(CONTINUATION).fin(fin).payload(payload).bytes();
    }

    /** A frame that continues a text message, and ends it when {@code fin}. */
    public byte[] continuation(String text, boolean fin) {
        return continuation(text.getBytes(StandardCharsets.UTF_8), fin);
    }

    /** A ping. */
    public byte[] ping(byte... payload) {
        return frame().opcode(PING).payload(payload).bytes();
    }

    /** A pong. */
    public byte[] pong(byte... payload) {
        return frame().opcode(PONG).payload(payload).bytes();
    }

    /** A close frame without code. */
    public byte[] close() {
        return frame().opcode(CLOSE).bytes();
    }

    /** A close frame with code and reason; any code, also one that must not be on the wire. */
    public byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
        return frame().opcode(CLOSE).payload(payload).bytes();
    }

    /** A frame to be built field by field: at first a final, empty text frame of this role. */
    public Frame frame() {
        return new Frame(masking);
    }

    /** A frame under construction. Nothing is checked but that a field's value fits its bits. */
    public static final class Frame {
        private boolean fin = true;
        private int rsv;
        private int opcode = TEXT;
        private byte @Nullable [] key;
        private byte[] payload = {};
        private @Nullable LengthForm form;
        private @Nullable Long declaredLength;

        private Frame(boolean masked) {
            masked(masked);
        }

        /** Whether the frame is the last of its message. */
        public Frame fin(boolean value) {
            fin = value;
            return this;
        }

        /** The three reserved bits, RSV1 as 4, RSV2 as 2, RSV3 as 1. */
        public Frame rsv(int bits) {
            rsv = within(bits, 7, "RSV");
            return this;
        }

        /** The opcode, 0 to 15. */
        public Frame opcode(int value) {
            opcode = within(value, 15, "opcode");
            return this;
        }

        /** Whether the frame is masked, with the key of the RFC's examples. */
        public Frame masked(boolean value) {
            key = value ? SAMPLE_KEY.clone() : null;
            return this;
        }

        /** Masks with this key of four bytes. */
        public Frame maskingKey(byte... fourBytes) {
            if (fourBytes.length != 4) {
                throw new IllegalArgumentException("A masking key has 4 bytes, not " + fourBytes.length);
            }
            key = fourBytes.clone();
            return this;
        }

        /** The payload, before masking. */
        public Frame payload(byte... bytes) {
            payload = bytes.clone();
            return this;
        }

        /** The payload as UTF-8 text. */
        public Frame payload(String text) {
            return payload(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Writes the length in this form instead of the shortest. */
        public Frame lengthForm(LengthForm value) {
            form = value;
            return this;
        }

        /** Declares this length whatever the payload has; a negative one is the unsigned value of its 64 bits. */
        public Frame declaredLength(LengthForm value, long length) {
            form = value;
            declaredLength = length;
            return this;
        }

        /** The bytes of the frame. */
        public byte[] bytes() {
            byte[] maskingKey = key;
            long length = declaredLength == null ? payload.length : declaredLength;
            ByteBuffer out = ByteBuffer.allocate(14 + payload.length);
            out.put((byte) ((fin ? 0x80 : 0) | rsv << 4 | opcode));
            putLength(out, length, maskingKey == null ? 0 : 0x80);
            if (maskingKey == null) {
                out.put(payload);
            } else {
                out.put(maskingKey);
                for (int i = 0; i < payload.length; i++) {
                    out.put((byte) (payload[i] ^ maskingKey[i & 3]));
                }
            }
            byte[] bytes = new byte[out.flip().remaining()];
            out.get(bytes);
            return bytes;
        }

        private void putLength(ByteBuffer out, long length, int maskBit) {
            LengthForm written = form == null ? shortest(length) : form;
            switch (written) {
                case BITS_7 -> out.put((byte) (maskBit | (int) (length & 0x7f)));
                case BITS_16 -> out.put((byte) (maskBit | 126)).putShort((short) length);
                case BITS_64 -> out.put((byte) (maskBit | 127)).putLong(length);
            }
        }

        private static LengthForm shortest(long length) {
            if (length < 0 || length > 0xffff) {
                return LengthForm.BITS_64;
            }
            return length > 125 ? LengthForm.BITS_16 : LengthForm.BITS_7;
        }

        private static int within(int value, int greatest, String field) {
            if (value < 0 || value > greatest) {
                throw new IllegalArgumentException(field + " " + value + " does not fit: 0 to " + greatest);
            }
            return value;
        }
    }
}
