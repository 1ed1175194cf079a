package dev.ferrule.container.server;

import dev.ferrule.container.session.Extensions;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.FrameTransform;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The extensions of one handshake (RFC 6455 §9.1): the configurator chooses among the offers, the installed extensions settle
 * the parameters. A name that is chosen but not installed goes into the answer as it is, as the API demands.
 */
final class Negotiation {
    private final List<ExtensionOffer> agreed = new ArrayList<>();
    private final List<Supplier<FrameTransform>> transforms = new ArrayList<>();
    private int rsvBits;

    /** Negotiates. */
    Negotiation(
            ServerEndpointConfig config,
            ServerEndpointConfig.Configurator configurator,
            List<FrameExtension> installed,
            List<ExtensionOffer> offers) {
        List<Extension> known = new ArrayList<>(config.getExtensions());
        known.addAll(Extensions.installed(installed));
        List<Extension> chosen = configurator.getNegotiatedExtensions(known, Extensions.toApi(offers));
        Set<String> settled = new HashSet<>();
        for (Extension extension : chosen == null ? List.<Extension>of() : chosen) {
            if (!settled.contains(extension.getName()) && settle(Extensions.toOffer(extension), installed)) {
                settled.add(extension.getName());
            }
        }
    }

    private boolean settle(ExtensionOffer offer, List<FrameExtension> installed) {
        for (FrameExtension extension : installed) {
            if (extension.name().equals(offer.name())) {
                if ((rsvBits & extension.rsvBits()) != 0) {
                    return false;
                }
                FrameExtension.Agreement agreement = extension.acceptOffer(offer);
                if (agreement == null) {
                    return false;
                }
                rsvBits |= extension.rsvBits();
                agreed.add(agreement.response());
                transforms.add(agreement.transforms());
                return true;
            }
        }
        agreed.add(offer);
        return true;
    }

    /** What the answer says. */
    List<ExtensionOffer> agreed() {
        return agreed;
    }

    /** The state of the connection, made now. */
    List<FrameTransform> transforms() {
        return transforms.stream().map(Supplier::get).toList();
    }
}
