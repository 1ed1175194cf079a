package dev.ferrule.container.send;

import dev.ferrule.engine.frame.Opcode;
import jakarta.websocket.EncodeException;
import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The remote that blocks until a message has been accepted by the socket. Any thread may use it at any time; messages go out
 * in the order of the calls, and a message in parts keeps others waiting until its last part.
 */
public final class BasicRemote extends Remote implements RemoteEndpoint.Basic {
    /** The first half of a pair of surrogates that a part ended with, or 0: it goes with the second half. */
    private volatile char half;

    /** The blocking remote of a sender's session. */
    public BasicRemote(Sender sender) {
        super(sender);
    }

    @Override
    public void sendText(String text) throws IOException {
        sender.sendAndWait(Opcode.TEXT, sender.utf8(present(text, "text")), true, true);
    }

    @Override
    public void sendBinary(ByteBuffer data) throws IOException {
        sender.sendAndWait(Opcode.BINARY, present(data, "data").duplicate(), true, true);
        data.position(data.limit());
    }

    @Override
    public void sendText(String partialMessage, boolean isLast) throws IOException {
        String part = half == 0 ? present(partialMessage, "part") : half + present(partialMessage, "part");
        boolean splits = !isLast && !part.isEmpty() && Character.isHighSurrogate(part.charAt(part.length() - 1));
        String whole = splits ? part.substring(0, part.length() - 1) : part;
        char rest = splits ? part.charAt(part.length() - 1) : 0;
        try {
            sender.sendAndWait(Opcode.TEXT, sender.utf8(whole), isLast, false);
        } catch (InterruptedIOException goesAllTheSame) {
            half = rest;
            throw goesAllTheSame;
        }
        half = rest;
    }

    @Override
    public void sendBinary(ByteBuffer partialByte, boolean isLast) throws IOException {
        sender.sendAndWait(Opcode.BINARY, present(partialByte, "part").duplicate(), isLast, false);
        partialByte.position(partialByte.limit());
    }

    @Override
    public OutputStream getSendStream() {
        return new SendStream(sender, Opcode.BINARY);
    }

    @Override
    public Writer getSendWriter() {
        return new SendWriter(sender);
    }

    @Override
    public void sendObject(Object data) throws IOException, EncodeException {
        sendObject(data, null);
    }

    /** Sends an object whose generic type is known, such as what a callback returned. */
    public void sendObject(Object data, @Nullable Type type) throws IOException, EncodeException {
        sender.sendAndWait(sender.encode(present(data, "object"), type));
    }

    @Override
    public void flushBatch() throws IOException {
        sender.flushAndWait();
    }
}
