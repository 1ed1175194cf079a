package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.spi.ThreadSlot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a thread runs just now. */
class ThreadSlotTest {
    private final ThreadSlot<String> slot = new ThreadSlot<>();

    @Test
    void aThreadThatNeverUsedItHasNothing() {
        assertThat(slot.get()).isNull();
    }

    @Test
    void settingTellsWhatWasThereBefore() {
        assertThat(slot.set("outer")).isNull();
        assertThat(slot.set("inner")).isEqualTo("outer");
        assertThat(slot.get()).isEqualTo("inner");
    }

    @Test
    void nullEmptiesIt() {
        slot.set("something");
        slot.set(null);
        assertThat(slot.get()).isNull();
    }

    @Test
    void otherThreadsDoNotSeeIt() throws Exception {
        slot.set("mine");
        assertThat(CompletableFuture.supplyAsync(() -> slot.get() == null, work -> new Thread(work).start())
                        .get(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void slotsAreApart() {
        ThreadSlot<String> other = new ThreadSlot<>();
        slot.set("one");
        assertThat(other.get()).isNull();
    }
}
