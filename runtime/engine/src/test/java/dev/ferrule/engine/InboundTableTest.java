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
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
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
        return rows("inbound.table");
    }

    static Stream<Row> compressedRows() throws IOException {
        return rows("deflate.table");
    }

    private static Stream<Row> rows(String resource) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream table = InboundTableTest.class.getResourceAsStream(resource)) {
            for (String line : new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("//")) {
                    String[] cells = line.split("\\|");
                    rows.add(new Row(cells[0].trim(), cells[1].trim(), expected(cells[2].trim())));
                }
            }
        }
        return rows.stream();
    }

    @Tag("obligation-16.2")
    @Tag("obligation-16.3")
    @Tag("obligation-16.4")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyShapeOfDeliveryTellsTheSame(Row row) {
        check(row, (role, handler) -> new ProtocolEngine(role, LIMITS, List.of(), handler));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("compressedRows")
    void everyShapeOfDeliveryTellsTheSameOfCompressedMessages(Row row) {
        try (Deflated deflated = new Deflated()) {
            check(row, (role, handler) -> deflated.engine(role, LIMITS, "", handler));
        }
    }

    /** Rows without compression mean the same where it has been agreed, but for those that misuse its bit. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void anAgreedExtensionChangesNothingForTheOthers(Row row) {
        if (!row.script().contains("c1:") && !row.script().contains("*65")) {
            try (Deflated deflated = new Deflated()) {
                check(row, (role, handler) -> deflated.engine(role, LIMITS, "", handler));
            }
        }
    }

    private static void check(Row row, BiFunction<Role, InboundHandler, ProtocolEngine> engines) {
        List<String> withoutData = new ArrayList<>(row.expected());
        withoutData.removeIf(event -> event.startsWith("text ") || event.startsWith("binary "));
        for (Role role : Role.values()) {
            byte[] wire = Wire.script(role, row.script());
            for (Delivery.Mode mode : Delivery.Mode.values()) {
                assertThat(seen(role, new Delivery(mode, MAX_MESSAGE), wire, engines))
                        .as("%s, %s", role, mode)
                        .isEqualTo(mode == Delivery.Mode.DISCARD ? withoutData : row.expected());
            }
        }
    }

    private static List<String> seen(
            Role role, Delivery delivery, byte[] wire, BiFunction<Role, InboundHandler, ProtocolEngine> engines) {
        List<String> events = new ArrayList<>(Slices.events(
                () -> {
                    RecordingHandler handler = new RecordingHandler(delivery);
                    return new Slices.Subject(engines.apply(role, handler), handler);
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
