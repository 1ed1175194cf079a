package dev.ferrule.container.client;

import dev.ferrule.container.session.Extensions;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.PerMessageDeflate;
import dev.ferrule.engine.handshake.ClientHandshake;
import dev.ferrule.engine.handshake.HeaderRules;
import dev.ferrule.engine.handshake.RequestHead;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One opening handshake that is ready to be sent, with a key of its own.
 *
 * @param handshake what judges the answer
 * @param request what goes to the transport
 */
record Inquiry(ClientHandshake handshake, ConnectRequest request) {
    /**
     * Asks the configurator and the proxy selector, and refuses what would break the request.
     *
     * @param time how long it may take until its answer is there
     */
    static Inquiry make(ClientConnector connector, Opening opening, Itinerary way, Duration time)
            throws DeploymentException {
        ClientEndpointConfig config = opening.side().config();
        Target target = way.target();
        Settings settings = connector.services().settings();
        ClientHandshake handshake;
        try {
            handshake = new ClientHandshake(
                    target.hostHeader(),
                    target.resource(),
                    config.getPreferredSubprotocols(),
                    offers(config, connector.installed(), settings.get(Keys.COMPRESSION_OFFER)));
        } catch (IllegalArgumentException wrong) {
            throw unsendable(way, wrong);
        }
        Map<String, List<String>> headers = handshake.requestHeaders();
        way.authorize(headers);
        try (CallbackScope.Activation active = opening.scope().enter(CallbackScope.Callback.HANDSHAKE)) {
            config.getConfigurator().beforeRequest(headers);
        }
        way.keepAtHome(headers);
        RequestHead head;
        try {
            HeaderRules.requireValid(headers);
            head = new RequestHead("GET", target.resource(), headers);
        } catch (IllegalArgumentException | NullPointerException wrong) {
            throw unsendable(way, wrong);
        }
        ConnectRequest request = new ConnectRequest(
                target.host(),
                target.port(),
                target.secure() ? tls(config, way) : null,
                head,
                settings.get(Keys.MAX_HANDSHAKE_BYTES),
                settings.get(Keys.MAX_HEADERS),
                new ConnectRequest.Limits(settings.get(Keys.CONNECT_TIMEOUT), settings.get(Keys.TLS_TIMEOUT), time),
                way.tunnel());
        return new Inquiry(handshake, request);
    }

    /** What the configuration lists, in its order (WSC-3.2.2-1), and what the settings add. */
    private static List<ExtensionOffer> offers(
            ClientEndpointConfig config, List<FrameExtension> installed, boolean compress) {
        List<ExtensionOffer> offers = new ArrayList<>();
        for (Extension extension : config.getExtensions()) {
            FrameExtension known = find(installed, extension.getName());
            if (known == null || !extension.getParameters().isEmpty()) {
                offers.add(Extensions.toOffer(extension));
            } else {
                offers.addAll(known.offers());
            }
        }
        FrameExtension compression = compress ? find(installed, PerMessageDeflate.NAME) : null;
        if (compression != null
                && offers.stream().noneMatch(offer -> offer.name().equals(compression.name()))) {
            offers.addAll(compression.offers());
        }
        return offers;
    }

    private static @Nullable FrameExtension find(List<FrameExtension> installed, String name) {
        return installed.stream()
                .filter(extension -> extension.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static SSLContext tls(ClientEndpointConfig config, Itinerary way) throws DeploymentException {
        @Nullable SSLContext own = way.tls(config);
        try {
            return own == null ? SSLContext.getDefault() : own;
        } catch (NoSuchAlgorithmException broken) {
            throw way.failure("the JVM's default TLS context cannot be made: " + broken.getMessage(), broken);
        }
    }

    private static DeploymentException unsendable(Itinerary way, RuntimeException wrong) {
        return way.failure("its request cannot be sent: " + wrong.getMessage(), wrong);
    }
}
