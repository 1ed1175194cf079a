package dev.ferrule.container.server;

import dev.ferrule.container.session.Extensions;
import dev.ferrule.engine.extension.ExtensionNegotiation;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.FrameExtension.Agreement;
import dev.ferrule.engine.extension.FrameTransform;
import dev.ferrule.engine.extension.PerMessageDeflate;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of one handshake (RFC 6455 §9.1): the configurator chooses among the offers, the installed extensions settle
 * the parameters. A name that is chosen but not installed goes into the answer as it is, as the API demands; compression,
 * which an endpoint's settings may turn off, does not: the peer would compress.
 */
final class Negotiation {
    private final List<ExtensionOffer> agreed = new ArrayList<>();
    private final List<Supplier<FrameTransform>> transforms = new ArrayList<>();

    /** Negotiates. */
    Negotiation(
            ServerEndpointConfig config,
            ServerEndpointConfig.Configurator configurator,
            List<FrameExtension> installed,
            List<ExtensionOffer> offers) {
        if (offers.isEmpty() && configurator.getClass() == PlatformConfigurator.class) {
            return; // an own configurator is asked nevertheless: it may have something to say
        }
        List<Extension> known = new ArrayList<>(config.getExtensions());
        known.addAll(Extensions.installed(installed));
        List<Extension> answer = configurator.getNegotiatedExtensions(known, Extensions.toApi(offers));
        if (answer == null || answer.isEmpty()) {
            return;
        }
        List<ExtensionOffer> chosen = answer.stream().map(Extensions::toOffer).toList();
        Map<String, Agreement> settled = new HashMap<>();
        ExtensionNegotiation.answer(installed, chosen)
                .forEach(agreement -> settled.put(agreement.response().name(), agreement));
        Set<String> seen = new HashSet<>();
        for (ExtensionOffer offer : chosen) {
            if (seen.add(offer.name())) {
                settle(offer, settled.get(offer.name()), installed);
            }
        }
    }

    private void settle(ExtensionOffer offer, @Nullable Agreement agreement, List<FrameExtension> installed) {
        if (agreement != null) {
            agreed.add(agreement.response());
            transforms.add(agreement.transforms());
        } else if (!offer.name().equals(PerMessageDeflate.NAME)
                && installed.stream().noneMatch(extension -> extension.name().equals(offer.name()))) {
            agreed.add(offer);
        }
    }

    /** Nothing is agreed after all. */
    void forget() {
        agreed.clear();
        transforms.clear();
    }

    /** What the answer says. */
    List<ExtensionOffer> agreed() {
        return agreed;
    }

    /** The state of the connection, made now. */
    List<FrameTransform> transforms() {
        List<FrameTransform> made = new ArrayList<>(transforms.size());
        transforms.forEach(transform -> made.add(transform.get()));
        return made;
    }
}
