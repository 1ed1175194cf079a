package dev.ferrule.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Every obligation of the specification has a test, or a reason why not. A test says which it proves by
 * {@code @Tag("obligation-<id>")}; {@code obligations.tsv} has the ids. Which tests prove what is written to
 * {@code target/obligations.md}.
 */
class ObligationsTest {
    private static Map<String, Obligation> rows;
    private static Map<String, Set<String>> tests;

    @BeforeAll
    static void read() {
        rows = Obligation.table();
        tests = ObligationTags.read();
    }

    @Test
    void everyTestedObligationHasATest() {
        List<String> without = rows.values().stream()
                .filter(row -> row.isTested() && !tests.containsKey(row.id()))
                .map(row -> row.id() + " " + row.text())
                .toList();
        assertThat(without)
                .as("obligations without a test: tag one, or say in obligations.tsv why there is none")
                .isEmpty();
    }

    @Test
    void everyTagNamesAnObligation() {
        List<String> unknown = tests.entrySet().stream()
                .filter(entry -> !rows.containsKey(entry.getKey()))
                .map(entry -> "obligation-" + entry.getKey() + " of " + entry.getValue())
                .toList();
        assertThat(unknown).as("tags that name no row of obligations.tsv").isEmpty();
    }

    @Test
    void onlyTestedObligationsHaveTests() {
        List<String> tagged = rows.values().stream()
                .filter(row -> !row.isTested() && tests.containsKey(row.id()))
                .map(row -> row.id() + " is '" + row.status() + "', but tested by " + tests.get(row.id()))
                .toList();
        assertThat(tagged).as("obligations that have tests and do not say so").isEmpty();
    }

    @Test
    void whatIsOpenIsTold(TestReporter reporter) {
        List<Obligation> open =
                rows.values().stream().filter(Obligation::isOpen).toList();
        open.forEach(row -> reporter.publishEntry("OPEN OBLIGATION " + row.id(), row.text()));
        assertThat(open).allSatisfy(row -> assertThat(tests).doesNotContainKey(row.id()));
    }

    @Test
    void theTableIsWritten() throws IOException {
        String counts = rows.values().stream()
                .collect(Collectors.groupingBy(
                        row -> row.status().replaceFirst(":.*", ""), java.util.TreeMap::new, Collectors.counting()))
                .toString();
        StringBuilder table = new StringBuilder("# Obligations and their tests\n\n" + counts
                + "\n\n| id | obligation | assertions | status | tests |\n|---|---|---|---|---|\n");
        for (Obligation row : rows.values()) {
            table.append("| ")
                    .append(String.join(
                            " | ",
                            row.id(),
                            row.text(),
                            row.assertions(),
                            row.status(),
                            String.join("<br>", tests.getOrDefault(row.id(), Set.of()))))
                    .append(" |\n");
        }
        Path target = Files.createDirectories(Path.of(System.getProperty("basedir", ""), "target"));
        Files.writeString(target.resolve("obligations.md"), table);
        assertThat(table.toString().lines()).hasSize(rows.size() + 6);
    }
}
