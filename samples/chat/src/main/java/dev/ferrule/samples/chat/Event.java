package dev.ferrule.samples.chat;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.time.Instant;
import java.util.List;

/** What the page receives; {@code "kind"} says which of these it is. */
@JsonbTypeInfo(
        key = "kind",
        value = {
            @JsonbSubtype(alias = "welcome", type = Event.Welcome.class),
            @JsonbSubtype(alias = "joined", type = Event.Joined.class),
            @JsonbSubtype(alias = "left", type = Event.Left.class),
            @JsonbSubtype(alias = "said", type = Event.Said.class),
            @JsonbSubtype(alias = "refused", type = Event.Refused.class)
        })
public sealed interface Event {
    /**
     * The first event of a connection.
     *
     * @param name the name that the others see, which may differ from what was asked for
     * @param here everybody in the room
     * @param history what was said last, oldest first
     */
    record Welcome(String name, List<String> here, List<Said> history) implements Event {}

    /** Somebody came. */
    record Joined(String name, List<String> here, Instant at) implements Event {}

    /** Somebody went, or lost the connection. */
    record Left(String name, List<String> here, Instant at) implements Event {}

    /** Somebody said something. */
    record Said(String name, String text, Instant at) implements Event {}

    /** What was sent is not passed on, for a reason that a person understands. */
    record Refused(String reason) implements Event {}
}
