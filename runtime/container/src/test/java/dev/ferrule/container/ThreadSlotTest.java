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
    void whatIsPutInItsPlaceIsThere() {
        slot.place().set("something");
        assertThat(slot.get()).isEqualTo("something");
        assertThat(slot.place().get()).isEqualTo("something");
    }

    @Test
    void nullEmptiesIt() {
        ThreadSlot.Place<String> place = slot.place();
        place.set("something");
        place.set(null);
        assertThat(slot.get()).isNull();
    }

    @Test
    void otherThreadsDoNotSeeIt() throws Exception {
        slot.place().set("mine");
        assertThat(CompletableFuture.supplyAsync(() -> slot.get() == null, work -> new Thread(work).start())
                        .get(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void slotsAreApart() {
        ThreadSlot<String> other = new ThreadSlot<>();
        slot.place().set("one");
        assertThat(other.get()).isNull();
    }
}
