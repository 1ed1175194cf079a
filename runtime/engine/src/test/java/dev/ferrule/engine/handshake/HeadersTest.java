package dev.ferrule.engine.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.engine.Allocations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Header fields, few and many. */
class HeadersTest {
    private static final int MANY = 5_000;

    @Test
    void fewFieldsAreInAList() {
        assertThat(Headers.inTurn(List.of("a", "1"))).isInstanceOf(Fields.class);
        assertThat(Headers.copyOf(Map.of("a", List.of("1")))).isInstanceOf(Fields.class);
    }

    @Test
    void manyFieldsAreNotGoneThroughForEachLookUp() {
        assertThat(Headers.inTurn(different(MANY))).hasSize(MANY).isNotInstanceOf(Fields.class);
        Map<String, List<String>> many = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            many.put("a" + i, List.of());
        }
        assertThat(Headers.copyOf(many)).hasSize(MANY).isNotInstanceOf(Fields.class);
    }

    @Test
    void manyFieldsAreLookedUpWithoutCaseAndCannotBeChanged() {
        Map<String, List<String>> many = Headers.inTurn(different(MANY));
        assertThat(many.get("A77")).containsExactly("77");
        assertThatThrownBy(() -> many.put("a", List.of())).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> many.get("a77").add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aFieldThatIsRepeatedTwiceAsOftenCostsTwiceAsMuch() {
        List<String> once = same(MANY);
        List<String> twice = same(2 * MANY);
        assertThat(Headers.inTurn(twice).get("A")).hasSize(2 * MANY);
        double ratio =
                (double) Allocations.of(() -> Headers.inTurn(twice)) / Allocations.of(() -> Headers.inTurn(once));
        assertThat(ratio).isLessThan(2.3);
    }

    private static List<String> different(int fields) {
        List<String> inTurn = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            inTurn.add("a" + i);
            inTurn.add(String.valueOf(i));
        }
        return inTurn;
    }

    private static List<String> same(int fields) {
        List<String> inTurn = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            inTurn.add("a");
            inTurn.add("1");
        }
        return inTurn;
    }
}
