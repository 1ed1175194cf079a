package dev.ferrule.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keeps the content of messages as one text, for tests of other packages. */
public final class ForgetfulHandler extends SilentHandler {
    private final StringBuilder data = new StringBuilder();
    private Runnable atParts = () -> {};

    public ForgetfulHandler() {
        this(Delivery.whole(0));
    }

    public ForgetfulHandler(Delivery delivery) {
        super(delivery);
    }

    /** What has come, each message followed by a bar; a violation shows as its code. */
    public String data() {
        return lastViolation == 0 ? data.toString() : "violation " + lastViolation;
    }

    /** What to do at each part. */
    public void atParts(Runnable reaction) {
        atParts = reaction;
    }

    @Override
    public void onText(String message) {
        data.append(message).append('|');
    }

    @Override
    public void onBinary(ByteBuffer message) {
        data.append(StandardCharsets.US_ASCII.decode(message)).append('|');
    }

    @Override
    public void onTextPart(String part, boolean last) {
        data.append(part).append(last ? "|" : "");
        atParts.run();
    }

    @Override
    public void onBinaryPart(ByteBuffer part, boolean last) {
        data.append(StandardCharsets.US_ASCII.decode(part)).append(last ? "|" : "");
        atParts.run();
    }
}
