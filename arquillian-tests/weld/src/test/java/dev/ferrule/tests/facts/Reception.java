package dev.ferrule.tests.facts;

import dev.ferrule.cdi.PathParameter;
import dev.ferrule.container.spi.HandshakeFacts;
import jakarta.inject.Inject;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Locale;

/** What an endpoint can inject of its connection. */
@ServerEndpoint(value = "/reception/{room}/{table}", configurator = Reception.Configurator.class)
public class Reception {
    @Inject
    Desk desk;

    @Inject
    Room room;

    @Inject
    HandshakeFacts facts;

    @Inject
    @PathParameter("table")
    Long table;

    @Inject
    @PathParameter("nowhere")
    String nowhere;

    @OnMessage
    String on(String question, Session session) {
        return switch (question) {
            case "session" -> String.valueOf(desk.sessionId().equals(session.getId()));
            case "header" -> desk.header("x-test");
            case "query" ->
                facts.getParameterMap().get("q") + " of "
                        + facts.getRequestURI().getQuery();
            case "path" -> room.describe() + " " + table + " " + nowhere;
            case "property" -> desk.property("modified");
            case "locale" -> facts.getPreferredLocale().toString() + (facts.getPreferredLocale() instanceof Locale);
            case "address" ->
                facts.getRemoteAddress() + " " + (facts.getRemotePort() > 0) + " " + facts.getLocalAddress();
            default -> "?";
        };
    }

    /** Leaves a property to this connection. */
    public static class Configurator extends ServerEndpointConfig.Configurator {
        @Inject
        Desk desk;

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties().put("modified", "for " + desk.header("X-Test"));
        }
    }
}
