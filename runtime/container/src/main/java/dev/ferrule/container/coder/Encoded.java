package dev.ferrule.container.coder;

import dev.ferrule.container.spi.CoderProvider.NativeType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an object became: one whole message. Immutable, for any number of receivers: nobody changes its bytes.
 *
 * @param type text or binary
 * @param bytes its content, text as UTF-8, cut anywhere
 */
public record Encoded(NativeType type, List<ByteBuffer> bytes) {
    static Encoded text(String text) {
        return new Encoded(NativeType.TEXT, List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    static Encoded binary(ByteBuffer bytes) {
        return new Encoded(NativeType.BINARY, List.of(bytes));
    }
}
