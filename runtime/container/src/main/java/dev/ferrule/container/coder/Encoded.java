package dev.ferrule.container.coder;

import java.nio.ByteBuffer;

/** What an object became: one whole message. */
public sealed interface Encoded {
    /** A text message. */
    record Text(String text) implements Encoded {}

    /** A binary message; the bytes belong to the receiver of this value. */
    record Binary(ByteBuffer bytes) implements Encoded {}
}
