package dev.ferrule.samples.chat;

import jakarta.websocket.Session;

/**
 * Somebody in a room.
 *
 * @param room the room's name
 * @param name what the others see, unique in the room
 * @param session the connection
 */
public record Member(String room, String name, Session session) {
    /** Sends without waiting; somebody who has just gone gets nothing, and the end of the session tells the room. */
    void send(Event event) {
        session.getAsyncRemote().sendObject(event, result -> {});
    }
}
