package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.engine.api.Limits;
import org.junit.jupiter.api.Test;

/** Values that say how much is allowed. */
class DeliveryTest {
    @Test
    void aWholeMessageFitsIntoAnArray() {
        assertThat(Delivery.whole(Long.MAX_VALUE).maxBytes()).isLessThan(Integer.MAX_VALUE);
        assertThat(Delivery.whole(7).maxBytes()).isEqualTo(7);
        assertThat(Delivery.parts(Long.MAX_VALUE).maxBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> Delivery.discard(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(0, 1)).hasMessageContaining("maxFrameBytes");
        assertThatThrownBy(() -> new Limits(1, 0)).hasMessageContaining("maxFragments");
    }
}
