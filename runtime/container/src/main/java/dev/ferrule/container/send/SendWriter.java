package dev.ferrule.container.send;

import dev.ferrule.engine.frame.Opcode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** One text message as a writer: a {@link SendStream} behind an encoder. Threading: one thread at a time. */
final class SendWriter extends Writer {
    private final SendStream stream;
    private final Writer encoder;

    SendWriter(Sender sender) {
        this.stream = new SendStream(sender, Opcode.TEXT);
        this.encoder = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        stream.touch();
        encoder.write(characters, offset, length);
    }

    @Override
    public void flush() throws IOException {
        encoder.flush();
    }

    @Override
    public void close() throws IOException {
        encoder.close();
    }
}
