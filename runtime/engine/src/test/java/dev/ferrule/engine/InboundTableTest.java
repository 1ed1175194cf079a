package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What arrives and what is told of it: every row of {@code inbound.table} as server and as client, in every shape of
 * delivery, and however the bytes are sliced.
 */
class InboundTableTest {
    private static final Limits LIMITS = new Limits(1 << 20, 64);
    private static final long MAX_MESSAGE = 1 << 20;

    record Row(String name, String script, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream table = InboundTableTest.class.getResourceAsStream("inbound.table")) {
            for (String line : new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("//")) {
                    String[] cells = line.split("\\|");
                    rows.add(new Row(cells[0].trim(), cells[1].trim(), expected(cells[2].trim())));
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyShapeOfDeliveryTellsTheSame(Row row) {
        for (Role role : Role.values()) {
            byte[] wire = Wire.script(role, row.script());
            for (Delivery delivery : List.of(Delivery.whole(MAX_MESSAGE), Delivery.parts(MAX_MESSAGE))) {
                assertThat(seen(role, delivery, wire))
                        .as("%s, %s", role, delivery)
                        .isEqualTo(row.expected());
            }
            List<String> withoutData = new ArrayList<>(row.expected());
            withoutData.removeIf(event -> event.startsWith("text ") || event.startsWith("binary "));
            assertThat(seen(role, Delivery.discard(MAX_MESSAGE), wire))
                    .as("%s, discarded", role)
                    .isEqualTo(withoutData);
        }
    }

    private static List<String> seen(Role role, Delivery delivery, byte[] wire) {
        List<String> events = new ArrayList<>(Slices.events(
                () -> {
                    RecordingHandler handler = new RecordingHandler(delivery);
                    return new Slices.Subject(new ProtocolEngine(role, LIMITS, List.of(), handler), handler);
                },
                wire));
        events.removeIf(event -> event.startsWith("start ") || event.startsWith("outcome "));
        return events;
    }

    /** The third cell of a row: events separated by semicolons, with payloads as in the scripts. */
    private static List<String> expected(String cell) {
        List<String> events = new ArrayList<>();
        for (String event : cell.split(";")) {
            String trimmed = event.trim();
            if (trimmed.isEmpty()) {
                continue;
            }
            int space = trimmed.indexOf(' ');
            String kind = space < 0 ? trimmed : trimmed.substring(0, space);
            String rest = space < 0 ? "" : trimmed.substring(space + 1);
            events.add(
                    switch (kind) {
                        case "text" -> "text " + new String(Wire.payload(rest), StandardCharsets.UTF_8);
                        case "binary", "ping", "pong" ->
                            kind + " " + HexFormat.of().formatHex(Wire.payload(rest));
                        case "close" -> rest.contains(" ") ? "close " + rest : "close " + rest + " ";
                        default -> trimmed;
                    });
        }
        return events;
    }
}
