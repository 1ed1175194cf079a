package dev.ferrule.samples.chat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All rooms. A room is there as long as somebody is in it.
 *
 * <p>Threading: any thread.
 */
@ApplicationScoped
public class Rooms {
    /** Longer names break every layout. */
    private static final int MAX_NAME = 30;

    /** Characters of one post. */
    static final int MAX_TEXT = 1 << 20;

    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    /** Lets somebody in; when the name is taken in this room, with a number behind it. */
    public Member join(String room, String wantedName, Session session) {
        String wanted = cleaned(wantedName);
        Member[] joined = new Member[1];
        // Together with the removal of empty rooms: nobody joins a room that is being forgotten.
        rooms.compute(cleaned(room), (key, existing) -> {
            Room open = existing == null ? new Room() : existing;
            String name = wanted;
            for (int number = 2; open.knows(name); number++) {
                name = wanted + " " + number;
            }
            joined[0] = new Member(key, name, session);
            open.join(joined[0]);
            return open;
        });
        return joined[0];
    }

    /** Tells the others that somebody went. */
    public void leave(Member member) {
        rooms.computeIfPresent(member.room(), (key, room) -> {
            room.leave(member);
            return room.isEmpty() ? null : room;
        });
    }

    /** Passes on what somebody says, to everybody in the room; tells only the sender when it cannot be passed on. */
    public void say(Member member, Post post) {
        String text = post.text() == null ? "" : post.text().strip();
        Room room = rooms.get(member.room());
        if (text.isEmpty() || room == null) {
            return;
        }
        if (text.length() > MAX_TEXT) {
            member.send(new Event.Refused("This text is longer than " + MAX_TEXT + " characters."));
        } else {
            room.say(member, text);
        }
    }

    private static String cleaned(String name) {
        String visible = name.replaceAll("\\p{C}", "").strip();
        if (visible.length() > MAX_NAME) {
            boolean whole = !Character.isHighSurrogate(visible.charAt(MAX_NAME - 1));
            visible = visible.substring(0, whole ? MAX_NAME : MAX_NAME - 1);
        }
        return visible.isEmpty() ? "Guest" : visible;
    }
}
