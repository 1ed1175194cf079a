package dev.ferrule.transport.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.spi.KindOfCallback;
import org.junit.jupiter.api.Test;

class BlockersTest {
    private final Blockers blockers = new Blockers();

    private record Alike(Object kind) implements KindOfCallback {
        @Override
        public void run() {}
    }

    @Test
    void aKindThatWaitedIsKeptFromLoopsAndNoOther() {
        blockers.waited("waits");
        assertThat(blockers.contain("waits")).isTrue();
        assertThat(blockers.contain("other")).isFalse();
    }

    @Test
    void oneThatTookLongMayOnlyHaveHadNoProcessorButTwoBlock() {
        blockers.tookLong("slow");
        assertThat(blockers.contain("slow")).isFalse();
        blockers.tookLong("slow");
        assertThat(blockers.contain("slow")).isTrue();
    }

    @Test
    void oneThatTookLongAndThenWaitsBlocks() {
        blockers.tookLong("slow");
        blockers.waited("slow");
        assertThat(blockers.contain("slow")).isTrue();
    }

    @Test
    void callbacksAreAlikeByTheKindThatTheyTellOrByTheirClass() {
        Runnable plain = () -> {};
        assertThat(Blockers.kindOf(new Alike("kind"))).isEqualTo("kind");
        assertThat(Blockers.kindOf(plain)).isSameAs(plain.getClass());
    }
}
