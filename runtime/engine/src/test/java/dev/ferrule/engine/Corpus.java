package dev.ferrule.engine;

import dev.ferrule.engine.api.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Where fuzzing begins, and what every build replays: the tables, and what earlier runs found worth keeping. */
public final class Corpus {
    private Corpus() {}

    /** The inputs that earlier runs kept for a target, one in hex per line of {@code <target>.corpus}. */
    public static Stream<byte[]> of(String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (InputStream kept = Corpus.class.getResourceAsStream(target + ".corpus")) {
            for (String line : new String(kept.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                inputs.add(HexFormat.of().parseHex(line.trim()));
            }
        }
        return inputs.stream();
    }

    /** As {@link #of(String)}, and the short rows of the tables, in every configuration in turn. */
    static Stream<byte[]> of(String target, Role role) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        addRows(InboundTableTest.rows(), role, 0, inputs);
        addRows(InboundTableTest.compressedRows(), role, 0x80, inputs);
        return Stream.concat(inputs.stream(), of(target));
    }

    private static void addRows(Stream<InboundTableTest.Row> rows, Role role, int choice, List<byte[]> inputs) {
        rows.forEach(row -> {
            byte[] wire = Wire.script(role, row.script());
            if (wire.length < 2000) {
                byte[] input = new byte[3 + wire.length];
                input[0] = (byte) (choice | 0x7C | inputs.size() % 3);
                input[1] = (byte) inputs.size();
                System.arraycopy(wire, 0, input, 3, wire.length);
                inputs.add(input);
            }
        });
    }
}
