package dev.ferrule.tests.security;

import dev.ferrule.cdi.Handshake;
import dev.ferrule.cdi.security.AccessDeniedException;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.Principal;

/** For members; some of it for administrators. */
@ServerEndpoint("/club")
@RolesAllowed({"member", "machine"})
public class Club {
    @Inject
    @Handshake
    Principal user;

    @OnMessage
    String on(String message, Session session) {
        return user.getName() + " " + session.getUserPrincipal().getName();
    }

    @OnMessage
    @RolesAllowed("admin")
    String administer(ByteBuffer command) {
        return "done";
    }

    @OnError
    void failed(Session session, Throwable error) throws IOException {
        session.getBasicRemote().sendText((error instanceof AccessDeniedException) + " " + error.getMessage());
    }

    /** For nobody. */
    @DenyAll
    @ServerEndpoint("/closed")
    public static class Closed {}

    /** For everybody who is known. */
    @RolesAllowed("**")
    @ServerEndpoint("/known")
    public static class Known {}

    /** For everybody. */
    @PermitAll
    @ServerEndpoint("/open")
    public static class Open {
        @OnMessage
        String on(String message, Session session) {
            return String.valueOf(session.getUserPrincipal());
        }

        @OnMessage
        @DenyAll
        String on(byte[] message) {
            return "never";
        }

        @OnError
        void failed(Session session, Throwable error) throws IOException {
            session.getBasicRemote().sendText(error.getMessage());
        }
    }
}
