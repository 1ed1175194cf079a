package dev.ferrule.samples.chat;

import jakarta.inject.Inject;
import jakarta.websocket.DecodeException;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One person's connection to a room, {@code /chat/ROOM?name=NAME}: a bean that is made when the connection opens and destroyed
 * when it has closed. Posts come in as JSON, and {@link Event}s go out.
 */
@ServerEndpoint("/chat/{room}")
public class Chat {
    private static final Logger LOG = System.getLogger(Chat.class.getName());

    @Inject
    Rooms rooms;

    private @Nullable Member me;

    @OnOpen
    void open(Session session, @PathParam("room") String room) {
        List<String> names = session.getRequestParameterMap().getOrDefault("name", List.of());
        me = rooms.join(room, names.isEmpty() ? "" : names.get(0), session);
    }

    @OnMessage
    void say(Post post) {
        if (me != null) {
            rooms.say(me, post);
        }
    }

    @OnClose
    void close() {
        if (me != null) {
            rooms.leave(me);
        }
    }

    @OnError
    void failed(Throwable error) {
        if (me != null && error instanceof DecodeException) {
            me.send(new Event.Refused("That was no message that this chat understands."));
        } else {
            LOG.log(Level.DEBUG, "A connection failed", error);
        }
    }
}
