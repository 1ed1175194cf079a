package dev.ferrule.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One row of {@code obligations.tsv}.
 *
 * @param id the number by which tests name it
 * @param assertions the specification's own numbers for it, separated by spaces, or empty
 * @param text the obligation in our words
 * @param status {@code tested}, {@code servlet}, {@code open}, or {@code none: reason}
 */
record Obligation(String id, String assertions, String text, String status) {
    static final String TESTED = "tested";
    static final String OPEN = "open";
    private static final Set<String> WITHOUT_REASON = Set.of(TESTED, OPEN, "servlet");

    Obligation {
        if (!WITHOUT_REASON.contains(status) && !status.matches("none: .+")) {
            throw new IllegalArgumentException("The obligation " + id + " has the status '" + status + "': use one of "
                    + WITHOUT_REASON + " or 'none: reason'");
        }
    }

    boolean isTested() {
        return status.equals(TESTED);
    }

    boolean isOpen() {
        return status.equals(OPEN);
    }

    /** Every row by its id, in the order of the table. */
    static Map<String, Obligation> table() {
        Map<String, Obligation> rows = new LinkedHashMap<>();
        try (var in = Obligation.class.getResourceAsStream("/obligations.tsv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Obligation::parse)
                    .forEach(row -> {
                        if (rows.put(row.id, row) != null) {
                            throw new IllegalArgumentException("The obligation " + row.id + " has two rows");
                        }
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return rows;
    }

    private static Obligation parse(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != 4) {
            throw new IllegalArgumentException("A row has id, assertions, text and status, but not: " + line);
        }
        return new Obligation(cells[0], cells[1], cells[2], cells[3]);
    }
}
