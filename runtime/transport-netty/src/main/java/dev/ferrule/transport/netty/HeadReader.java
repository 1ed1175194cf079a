package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one HTTP/1.1 head (RFC 9112 §2.1 to §5) as its bytes arrive, each byte once, and stops exactly behind it: what
 * follows may be another protocol. Stricter than the RFC asks where leniency has been abused: every line ends with CR LF,
 * no line is folded, no space stands before a colon, and there is no control character anywhere.
 *
 * <p>Why not Netty's HTTP codec: it unfolds lines, counts no fields, reads on behind a head while its answer is still being
 * thought about, and brings body handling, which a WebSocket server has no use for.
 */
final class HeadReader {
    /** Most lines are shorter. */
    private static final int FIRST_LINE_BYTES = 128;

    /** Names and values; most heads have fewer. */
    private static final int USUAL_FIELDS = 32;

    private final int maxBytes;
    private final int maxFields;
    private final List<String> fields = new ArrayList<>(USUAL_FIELDS);
    private String startLine = "";
    private byte[] line = new byte[FIRST_LINE_BYTES];
    private int length;
    private int bytes;
    private int count;
    private boolean carriageReturn;

    HeadReader(int maxBytes, int maxFields) {
        this.maxBytes = maxBytes;
        this.maxFields = maxFields;
    }

    /** Reads on; returns true when the head is complete, and then has not touched the byte behind it. */
    boolean read(ByteBuf in) throws MalformedHead {
        byte[] chunk = new byte[(int) Math.min(in.readableBytes(), (long) maxBytes - bytes + 1)];
        in.getBytes(in.readerIndex(), chunk);
        for (int i = 0; i < chunk.length; i++) {
            if (take(chunk[i])) {
                in.skipBytes(i + 1);
                return true;
            }
        }
        in.skipBytes(chunk.length);
        return false;
    }

    private boolean take(byte next) throws MalformedHead {
        if (++bytes > maxBytes) {
            throw new MalformedHead(431, "The head has more than " + maxBytes + " bytes");
        }
        if (next == '\n' && carriageReturn) {
            carriageReturn = false;
            return endOfLine();
        }
        if (carriageReturn || next == '\n') {
            throw new MalformedHead(400, "A line of the head does not end with CR LF");
        }
        if (next == '\r') {
            carriageReturn = true;
        } else if ((next >= 0 && next < ' ' && next != '\t') || next == 0x7f) {
            throw new MalformedHead(400, "The head contains a control character");
        } else {
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = next;
        }
        return false;
    }

    /** The request line or status line. */
    String startLine() {
        return startLine;
    }

    /** The status of a response, once the head is complete (RFC 9112 §4). */
    int status() throws MalformedHead {
        boolean proper = startLine.startsWith("HTTP/1.")
                && startLine.length() >= 12
                && startLine.charAt(8) == ' '
                && (startLine.length() == 12 || startLine.charAt(12) == ' ');
        int status = 0;
        for (int i = 9; proper && i < 12; i++) {
            status = status * 10 + Character.digit(startLine.charAt(i), 10);
            proper = startLine.charAt(i) >= '0' && startLine.charAt(i) <= '9';
        }
        if (!proper || status < 100 || status > 599) {
            throw new MalformedHead(400, "the status line is not version, status and reason");
        }
        return status;
    }

    /** The fields as they came, a name, its value, the next name and so on: heads are made of them. */
    List<String> fields() {
        return fields;
    }

    private boolean endOfLine() throws MalformedHead {
        if (startLine.isEmpty()) {
            startLine =
                    text(0, length); // still empty after an empty line before the head: RFC 9112 §2.2 says to skip it
        } else if (length == 0) {
            return true;
        } else {
            field();
        }
        length = 0;
        return false;
    }

    private void field() throws MalformedHead {
        if (++count > maxFields) {
            throw new MalformedHead(431, "The head has more than " + maxFields + " header fields");
        }
        int colon = 0;
        while (colon < length && line[colon] != ':') {
            colon++;
        }
        String name = text(0, colon);
        if (colon == length || !HeadText.isToken(name)) {
            throw new MalformedHead(400, "Header field " + count + " has no proper name, or is folded");
        }
        fields.add(name);
        fields.add(text(colon + 1, length).strip());
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
