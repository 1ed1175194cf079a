package dev.ferrule.engine.extension;

import dev.ferrule.engine.api.HandshakeFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * permessage-deflate (RFC 7692): negotiation for both roles, and the zlib states that connections share while they are
 * between messages. Thread-safe. One instance serves any number of connections; {@link #close} ends the states that lie
 * idle, connections that are still open end theirs when they end.
 */
public final class PerMessageDeflate implements FrameExtension, AutoCloseable {
    /** The name that RFC 7692 §9 registers. */
    public static final String NAME = "permessage-deflate";

    private final DeflateSettings settings;
    private final ZlibPool<Deflater> deflaters;
    private final ZlibPool<Inflater> inflaters;

    /** By what was agreed, which is one of a few hundred at most: connections with the same share it. */
    private final Map<DeflateParameters, Agreement> agreements = new ConcurrentHashMap<>();

    public PerMessageDeflate(DeflateSettings settings) {
        this.settings = settings;
        this.deflaters = new ZlibPool<>(() -> new Deflater(settings.level(), true), Deflater::reset, Deflater::end);
        this.inflaters = new ZlibPool<>(() -> new Inflater(true), Inflater::reset, Inflater::end);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int rsvBits() {
        return FrameTransform.RSV1;
    }

    @Override
    public List<ExtensionOffer> offers() {
        int serverBits = settings.serverMaxWindowBits();
        int clientBits = settings.clientMaxWindowBits();
        return List.of(new DeflateParameters(
                        !settings.serverContextTakeover(),
                        !settings.clientContextTakeover(),
                        serverBits == DeflateParameters.MAX_WINDOW_BITS ? DeflateParameters.ABSENT : serverBits,
                        clientBits == DeflateParameters.MAX_WINDOW_BITS ? DeflateParameters.BARE : clientBits)
                .print());
    }

    @Override
    public @Nullable Agreement acceptOffer(ExtensionOffer offer) {
        DeflateParameters parameters = NAME.equals(offer.name()) ? DeflateParameters.ofOffer(offer) : null;
        if (parameters == null) {
            return null;
        }
        return agreements.computeIfAbsent(
                parameters.answer(settings),
                agreed -> agreement(
                        agreed.print(),
                        agreed.agreedServerBits(),
                        !agreed.serverNoTakeover(),
                        agreed.agreedClientBits(),
                        !agreed.clientNoTakeover()));
    }

    @Override
    public Agreement acceptResponse(ExtensionOffer response, List<ExtensionOffer> offers) throws HandshakeFailure {
        DeflateParameters agreed = NAME.equals(response.name()) ? DeflateParameters.ofResponse(response) : null;
        if (agreed == null) {
            throw new HandshakeFailure("The server's answer has a parameter that is unknown, repeated or has a wrong"
                    + " value: " + response);
        }
        int bits = Math.min(agreed.agreedClientBits(), settings.clientMaxWindowBits());
        boolean takeover = !agreed.clientNoTakeover() && settings.clientContextTakeover();
        boolean allowed = false;
        for (ExtensionOffer offer : offers) {
            DeflateParameters offered = NAME.equals(offer.name()) ? DeflateParameters.ofOffer(offer) : null;
            if (offered != null && offered.allows(agreed)) {
                allowed = true;
                // An offer is also a promise, whatever the answer says (RFC 7692 §7.1.1.2, §7.1.2.2).
                bits = Math.min(bits, offered.promisedClientBits());
                takeover &= !offered.clientNoTakeover();
            }
        }
        if (!allowed) {
            throw new HandshakeFailure(
                    "The server answered " + response + ", which none of the offers allows: " + offers);
        }
        return agreement(response, bits, takeover, agreed.agreedServerBits(), !agreed.serverNoTakeover());
    }

    private Agreement agreement(
            ExtensionOffer response, int outBits, boolean outTakeover, int inBits, boolean inTakeover) {
        DeflateTransform.Directions directions = new DeflateTransform.Directions(
                () -> new MessageDeflater(deflaters, settings, outBits, outTakeover),
                () -> new MessageInflater(inflaters, inBits, inTakeover));
        return new Agreement(response, () -> new DeflateTransform(directions));
    }

    /** How many zlib states exist now, in connections and idle: the gauge for leaks. */
    public int liveStates() {
        return deflaters.live() + inflaters.live();
    }

    @Override
    public void close() {
        deflaters.close();
        inflaters.close();
    }
}
