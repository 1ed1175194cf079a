package dev.ferrule.container.client;

import dev.ferrule.container.session.Extensions;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.handshake.ClientHandshake;
import dev.ferrule.engine.handshake.HeaderRules;
import dev.ferrule.engine.handshake.RequestHead;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
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
        ClientHandshake handshake;
        try {
            handshake = new ClientHandshake(
                    target.hostHeader(),
                    target.resource(),
                    config.getPreferredSubprotocols(),
                    offers(config, connector.installed()));
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
        Settings settings = connector.services().settings();
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

    private static List<ExtensionOffer> offers(ClientEndpointConfig config, List<FrameExtension> installed) {
        List<ExtensionOffer> offers = new ArrayList<>();
        config.getExtensions().forEach(extension -> offers.add(Extensions.toOffer(extension)));
        for (FrameExtension extension : installed) {
            if (offers.stream().noneMatch(offer -> offer.name().equals(extension.name()))) {
                offers.addAll(extension.offers());
            }
        }
        return offers;
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
