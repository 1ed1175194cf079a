package dev.ferrule.container.server;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The configurator of endpoints that bring none, and what developers' configurators inherit (§3.1): what it decides about a
 * request it finds in the handshake that runs on its thread. Stateless.
 */
public class PlatformConfigurator extends ServerEndpointConfig.Configurator {
    /** A configurator; the service loader makes one, too. */
    public PlatformConfigurator() {}

    @Override
    public ServerEndpointConfig.Configurator getContainerDefaultConfigurator() {
        return this;
    }

    /** The first of the client's subprotocols that the server supports, or the empty string (WSC-3.1.2-1). */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        for (String wanted : requested) {
            if (supported.contains(wanted)) {
                return wanted;
            }
        }
        return "";
    }

    /** The requested extensions that are installed, in the request's order (WSC-3.1.3-1). */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        List<Extension> negotiated = new ArrayList<>();
        for (Extension wanted : requested) {
            if (installed.stream().anyMatch(known -> known.getName().equals(wanted.getName()))) {
                negotiated.add(wanted);
            }
        }
        return negotiated;
    }

    /** Whether the setting {@code ferrule.origin.allowed} allows it: by default the request's own host and port. */
    @Override
    public boolean checkOrigin(String originHeaderValue) {
        CurrentHandshake handshake = CurrentHandshake.get();
        return handshake == null || handshake.isAllowed(originHeaderValue);
    }

    /** Changes nothing (WSC-3.1.5-1). */
    @Override
    public void modifyHandshake(ServerEndpointConfig sec, HandshakeRequest request, HandshakeResponse response) {}

    /** A new instance, a bean where there is a container for beans (WSC-3.1.7-1). */
    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) throws InstantiationException {
        CurrentHandshake handshake = CurrentHandshake.get();
        if (handshake == null) {
            throw new InstantiationException("An instance of " + endpointClass.getName()
                    + " was asked for outside of an opening handshake: there is no connection that it could belong to");
        }
        return handshake.obtain(endpointClass);
    }
}
