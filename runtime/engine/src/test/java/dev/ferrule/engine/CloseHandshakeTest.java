package dev.ferrule.engine;

import static dev.ferrule.engine.CloseHandshake.Outcome.CONNECTION_OVER;
import static dev.ferrule.engine.CloseHandshake.Outcome.END_OUTPUT;
import static dev.ferrule.engine.CloseHandshake.Outcome.NOTHING_MORE;
import static dev.ferrule.engine.CloseHandshake.Outcome.SEND_CLOSE_REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.engine.CloseHandshake.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The truth table: every reachable set of events, and every event after it. */
class CloseHandshakeTest {
    enum Event {
        QUEUE(closing -> closing.queueClose() ? SEND_CLOSE_REPLY : NOTHING_MORE),
        SENT(CloseHandshake::closeSent),
        RECEIVED(CloseHandshake::closeReceived),
        OUTPUT_ENDED(CloseHandshake::outputEnded),
        INPUT_ENDED(CloseHandshake::inputEnded),
        FAILED(CloseHandshake::failed);

        private final Function<CloseHandshake, Outcome> call;

        Event(Function<CloseHandshake, Outcome> call) {
            this.call = call;
        }

        Outcome on(CloseHandshake closing) {
            return call.apply(closing);
        }
    }

    /** Every order of every subset: 1957 histories. */
    static Stream<List<Event>> histories() {
        List<List<Event>> all = new ArrayList<>();
        extend(List.of(), all);
        return all.stream();
    }

    private static void extend(List<Event> history, List<List<Event>> all) {
        all.add(history);
        for (Event next : Event.values()) {
            if (!history.contains(next)) {
                List<Event> longer = new ArrayList<>(history);
                longer.add(next);
                extend(longer, all);
            }
        }
    }

    @Test
    @Tag("obligation-16.5")
    void everyHistoryAnswersAsTheTableSays() {
        histories().forEach(history -> {
            CloseHandshake closing = new CloseHandshake();
            Set<Event> before = EnumSet.noneOf(Event.class);
            List<Outcome> outcomes = new ArrayList<>();
            assertViews(closing, before);
            for (Event event : history) {
                Outcome expected = expected(before, event);
                Outcome outcome = event.on(closing);
                assertThat(outcome).as("%s of %s", event, history).isEqualTo(expected);
                if (event != Event.QUEUE || outcome == SEND_CLOSE_REPLY) {
                    before.add(event);
                }
                if (event != Event.QUEUE) {
                    outcomes.add(outcome);
                }
                assertViews(closing, before);
            }
            long reported = outcomes.stream().filter(CONNECTION_OVER::equals).count();
            assertThat(reported).as("%s", history).isEqualTo(over(before) ? 1 : 0);
        });
    }

    @Test
    void aRepeatedEventSaysNothing() {
        histories().forEach(history -> {
            CloseHandshake closing = new CloseHandshake();
            history.forEach(event -> event.on(closing));
            for (Event event : history) {
                assertThat(event.on(closing)).as("%s after %s", event, history).isEqualTo(NOTHING_MORE);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("crossings")
    void crossingClosesEndTheConnectionOnce(List<Event> order) {
        CloseHandshake closing = new CloseHandshake();
        List<Outcome> outcomes = order.stream()
                .map(event -> event.on(closing))
                .filter(CONNECTION_OVER::equals)
                .toList();
        assertThat(outcomes).hasSize(1);
        assertThat(closing.isClean()).isTrue();
    }

    static Stream<List<Event>> crossings() {
        return Stream.of(
                List.of(Event.QUEUE, Event.SENT, Event.RECEIVED),
                List.of(Event.QUEUE, Event.RECEIVED, Event.SENT),
                List.of(Event.RECEIVED, Event.QUEUE, Event.SENT));
    }

    private static Outcome expected(Set<Event> before, Event event) {
        boolean wasOver = over(before);
        EnumSet<Event> after = EnumSet.copyOf(before.isEmpty() ? EnumSet.of(event) : before);
        after.add(event);
        return switch (event) {
            case QUEUE ->
                before.contains(Event.SENT) || before.contains(Event.OUTPUT_ENDED) || before.contains(Event.INPUT_ENDED)
                        ? NOTHING_MORE
                        : SEND_CLOSE_REPLY;
            case SENT -> wasOver ? END_OUTPUT : over(after) ? CONNECTION_OVER : NOTHING_MORE;
            case RECEIVED ->
                wasOver
                        ? NOTHING_MORE
                        : over(after)
                                ? CONNECTION_OVER
                                : before.contains(Event.QUEUE) ? NOTHING_MORE : SEND_CLOSE_REPLY;
            default -> !wasOver && over(after) ? CONNECTION_OVER : NOTHING_MORE;
        };
    }

    private static boolean over(Set<Event> events) {
        return events.contains(Event.INPUT_ENDED)
                || events.contains(Event.FAILED)
                || events.contains(Event.RECEIVED)
                        && (events.contains(Event.SENT) || events.contains(Event.OUTPUT_ENDED));
    }

    private static void assertViews(CloseHandshake closing, Set<Event> events) {
        assertThat(closing.isOpen()).isEqualTo(events.isEmpty());
        assertThat(closing.isOver()).isEqualTo(over(events));
        assertThat(closing.isClean()).isEqualTo(events.contains(Event.SENT) && events.contains(Event.RECEIVED));
        EnumSet<Event> ending = EnumSet.complementOf(EnumSet.of(Event.RECEIVED));
        ending.retainAll(events);
        assertThat(closing.isOutputOpen()).isEqualTo(ending.isEmpty());
    }
}
