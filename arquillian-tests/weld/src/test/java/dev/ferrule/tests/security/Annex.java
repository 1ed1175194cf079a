package dev.ferrule.tests.security;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;

/** For administrators: what it declares, also where a subclass is the endpoint. */
@RolesAllowed("admin")
public abstract class Annex {
    @OnMessage
    String administer(ByteBuffer command) {
        return "done";
    }

    @OnError
    @PermitAll
    void failed(Session session, Throwable error) throws IOException {
        session.getBasicRemote().sendText(error.getMessage());
    }

    /** Says nothing itself. */
    public abstract static class Corridor extends Annex {
        @OnMessage
        String on(String message) {
            return "in the corridor";
        }
    }

    /** As closed as its superclasses. */
    @ServerEndpoint("/annex")
    public static class Silent extends Corridor {}

    /** Lets others in, but what superclasses declare is for administrators still. */
    @PermitAll
    @ServerEndpoint("/annex/open")
    public static class Open extends Corridor {
        @Override
        @OnMessage
        String on(String message) {
            return "in the open";
        }
    }
}
