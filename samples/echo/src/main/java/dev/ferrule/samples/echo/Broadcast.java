package dev.ferrule.samples.echo;

import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/**
 * Sends each text to every open session of this endpoint, the sender's among them. It waits for nobody: what a listener does
 * not take in time is lost to that listener only.
 */
@ServerEndpoint("/broadcast")
public class Broadcast {
    @OnMessage
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits
    public void text(String text, Session sender) {
        for (Session session : sender.getOpenSessions()) {
            session.getAsyncRemote().sendText(text);
        }
    }
}
