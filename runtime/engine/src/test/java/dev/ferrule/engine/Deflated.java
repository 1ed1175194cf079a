package dev.ferrule.engine;

import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.extension.DeflateSettings;
import dev.ferrule.engine.extension.ExtensionNegotiation;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.FrameTransform;
import dev.ferrule.engine.extension.HeaderSyntaxException;
import dev.ferrule.engine.extension.PerMessageDeflate;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** Engines that have agreed on permessage-deflate, and what a peer compresses with plain zlib. */
public final class Deflated implements AutoCloseable {
    private final PerMessageDeflate extension;

    public Deflated(DeflateSettings settings) {
        extension = new PerMessageDeflate(settings);
    }

    /** Everything is compressed, however short. */
    public Deflated() {
        this(new DeflateSettings(6, 0, true, true, 15, 15));
    }

    public PerMessageDeflate extension() {
        return extension;
    }

    public FrameTransform transform(String parameters) {
        try {
            List<ExtensionOffer> offers = ExtensionOffer.parse(List.of("permessage-deflate" + parameters));
            return ExtensionNegotiation.answer(List.<FrameExtension>of(extension), offers)
                    .get(0)
                    .transforms()
                    .get();
        } catch (HeaderSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** An engine whose transform takes both directions for the same side, so that either role may be tested. */
    public ProtocolEngine engine(Role role, Limits limits, String parameters, InboundHandler handler) {
        return new ProtocolEngine(role, limits, List.of(transform(parameters)), handler);
    }

    /** One message as a peer compresses it, without context. */
    public static byte[] zlib(byte[] message) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(message);
        byte[] out = new byte[message.length + 1000];
        int count = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, count - 4);
    }

    @Override
    public void close() {
        extension.close();
    }
}
