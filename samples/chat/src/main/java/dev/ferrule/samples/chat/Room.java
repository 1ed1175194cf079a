package dev.ferrule.samples.chat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is in a room, and what was said last. Everybody gets the events in one order: they are sent, which never waits, while
 * the room is locked.
 *
 * <p>Threading: any thread.
 */
final class Room {
    /** What a newcomer may want to read. */
    private static final int MAX_HISTORY = 50;

    /** Characters of all texts in the history: it goes into one message, and rooms are many. */
    private static final int MAX_HISTORY_CHARACTERS = 100_000;

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Deque<Event.Said> history = new ArrayDeque<>();
    private int historyCharacters;

    synchronized boolean isEmpty() {
        return members.isEmpty();
    }

    /** Whether somebody here has the name already. */
    synchronized boolean knows(String name) {
        return members.containsKey(name);
    }

    synchronized void join(Member member) {
        members.put(member.name(), member);
        member.send(new Event.Welcome(member.name(), here(), List.copyOf(history)));
        Event joined = new Event.Joined(member.name(), here(), Instant.now());
        members.values().stream().filter(other -> !other.equals(member)).forEach(other -> other.send(joined));
    }

    synchronized void leave(Member member) {
        if (members.remove(member.name(), member)) {
            sendToAll(new Event.Left(member.name(), here(), Instant.now()));
        }
    }

    synchronized void say(Member member, String text) {
        Event.Said said = new Event.Said(member.name(), text, Instant.now());
        sendToAll(said);
        history.add(said);
        historyCharacters += text.length();
        while (history.size() > MAX_HISTORY || historyCharacters > MAX_HISTORY_CHARACTERS) {
            historyCharacters -= history.remove().text().length();
        }
    }

    private void sendToAll(Event event) {
        members.values().forEach(member -> member.send(event));
    }

    private List<String> here() {
        return List.copyOf(members.keySet());
    }
}
