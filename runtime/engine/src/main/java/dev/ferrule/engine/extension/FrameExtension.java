package dev.ferrule.engine.extension;

import dev.ferrule.engine.api.HandshakeFailure;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An extension of the protocol that transforms the payload of data messages (RFC 6455 §9), as an application installs
 * it on a server or a client. permessage-deflate is one.
 *
 * <p>Stateless and shared by all connections; methods are called concurrently. What belongs to one connection is the
 * {@link FrameTransform}.
 */
public interface FrameExtension {
    /** The name in the header, compared exactly. */
    String name();

    /** The reserved bits that its transforms own: {@link FrameTransform#RSV1} and so on, or 0. */
    int rsvBits();

    /** What a client offers, the most wanted first; each bears this extension's name. */
    List<ExtensionOffer> offers();

    /**
     * A server's decision about one offer of this name.
     *
     * @return what to answer, or null to decline: the next offer is asked about then
     */
    @Nullable
    Agreement acceptOffer(ExtensionOffer offer);

    /**
     * A client's check of the server's answer of this name.
     *
     * @param offers what was offered of this extension: {@link #offers}, or what the client's configuration says instead
     * @throws HandshakeFailure when the answer does not follow from an offer; the connection fails then
     */
    Agreement acceptResponse(ExtensionOffer response, List<ExtensionOffer> offers) throws HandshakeFailure;

    /**
     * What both ends agreed on.
     *
     * @param response the element of the server's answer
     * @param transforms makes the state of one connection; called once for each
     */
    record Agreement(ExtensionOffer response, Supplier<FrameTransform> transforms) {}
}
