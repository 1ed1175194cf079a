package dev.ferrule.container.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final Waiting waiting = new Waiting();
    private final List<Outbound> entries = new ArrayList<>();

    private Outbound append() {
        Outbound entry = new Outbound.FlushMark(SendCompletion.ignored());
        entries.add(entry);
        waiting.append(entry);
        return entry;
    }

    private List<Outbound> shown() {
        List<Outbound> shown = new ArrayList<>();
        waiting.forEachWaiting(shown::add);
        assertThat(waiting.waiting()).isEqualTo(shown.size());
        return shown;
    }

    @Test
    void entriesLeaveInTheOrderInWhichTheyCameHoweverManyWait() {
        for (int most = 1; most <= 4; most++) {
            for (int i = 0; i < most; i++) {
                append();
            }
            for (int left = most; left > 1; left--) {
                assertThat(waiting.poll()).isSameAs(entries.remove(0));
                append();
                assertThat(waiting.poll()).isSameAs(entries.remove(0));
            }
            assertThat(waiting.poll()).isSameAs(entries.remove(0));
            assertThat(waiting.poll()).isNull();
            assertThat(shown()).isEmpty();
        }
    }

    @Test
    void eachIsAskedOnceInOrderWhetherItIsToGo() {
        for (int gone = 0; gone < 8; gone++) {
            int goes = gone;
            entries.clear();
            waiting.moveTo(new ArrayList<>());
            List<Outbound> three = List.of(append(), append(), append());
            List<Outbound> asked = new ArrayList<>();
            waiting.removeWhile(() -> true, entry -> {
                asked.add(entry);
                return (goes >> three.indexOf(entry) & 1) != 0;
            });
            assertThat(asked).containsExactlyElementsOf(three);
            entries.removeIf(entry -> (goes >> three.indexOf(entry) & 1) != 0);
            assertThat(shown()).containsExactlyElementsOf(entries);
        }
    }

    @Test
    void nobodyIsAskedOnceItIsEnough() {
        for (int most = 0; most <= 3; most++) {
            int enough = most;
            entries.clear();
            waiting.moveTo(new ArrayList<>());
            List<Outbound> three = List.of(append(), append(), append());
            List<Outbound> asked = new ArrayList<>();
            waiting.removeWhile(() -> asked.size() < enough, asked::add);
            assertThat(asked).containsExactlyElementsOf(three.subList(0, enough));
            assertThat(shown()).containsExactlyElementsOf(three.subList(enough, 3));
        }
    }

    @Test
    void oneAloneMayGoToo() {
        append();
        waiting.removeWhile(() -> true, entry -> true);
        assertThat(shown()).isEmpty();
    }

    @Test
    void allAreMovedInOrder() {
        append();
        append();
        List<Outbound> moved = new ArrayList<>();
        waiting.moveTo(moved);
        assertThat(moved).containsExactlyElementsOf(entries);
        assertThat(shown()).isEmpty();
    }
}
