package dev.ferrule.engine.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Header fields that no longer change. */
class FieldsTest {
    private final Fields fields = Fields.inTurn(List.of("Host", "a", "X-Much", "1", "x-much", "2"));

    @Test
    void namesAreLookedUpWithoutCase() {
        assertThat(fields.get("HOST")).containsExactly("a");
        assertThat(fields.containsKey("host")).isTrue();
        assertThat(fields.getOrDefault("hOST", List.of())).containsExactly("a");
    }

    @Test
    void whatIsNoNameOfAFieldIsAbsent() {
        assertThat(fields.get("Origin")).isNull();
        assertThat(fields.get(1)).isNull();
        assertThat(fields.containsKey("Origin")).isFalse();
        assertThat(fields.getOrDefault("Origin", List.of("none"))).containsExactly("none");
    }

    @Test
    void repeatedNamesAreOneFieldWithAllValuesInOrder() {
        assertThat(fields.get("X-Much")).containsExactly("1", "2");
        assertThat(fields).hasSize(2);
    }

    @Test
    void fieldsKeepTheirOrder() {
        assertThat(fields.keySet()).containsExactly("Host", "X-Much");
    }

    @Test
    void aCopyMergesNamesThatDifferInCaseOnly() {
        Map<String, List<String>> mixed = new LinkedHashMap<>();
        mixed.put("a", List.of("1"));
        mixed.put("A", List.of("2"));
        assertThat(Fields.copyOf(mixed)).containsExactly(Map.entry("a", List.of("1", "2")));
    }

    @Test
    void aCopyKnowsNothingOfLaterChanges() {
        List<String> values = new ArrayList<>(List.of("1"));
        Map<String, List<String>> copy = Fields.copyOf(Map.of("a", values));
        values.add("2");
        assertThat(copy.get("a")).containsExactly("1");
    }

    @Test
    void whatCannotChangeIsNotCopied() {
        assertThat(Fields.copyOf(fields)).isSameAs(fields);
    }

    @Test
    void nothingCanBeChanged() {
        assertThatThrownBy(() -> fields.put("a", List.of())).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.remove("Host")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.get("Host").add("b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(fields::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
