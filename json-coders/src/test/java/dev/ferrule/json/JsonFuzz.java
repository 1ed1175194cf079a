package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.websocket.DecodeException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FZ8: any bytes become an object or a {@code DecodeException}, and nothing else. Every build replays the seeds; to fuzz:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl json-coders -am test -Dtest='JsonFuzz#aDecoderReadsAnything' -Djazzer.max_duration=30m
 * </pre>
 */
class JsonFuzz {
    public static class AnyDecoder extends JsonDecoder.Binary<Shapes.Everything> {}

    public static class ValueDecoder extends JsonDecoder.Binary<JsonValue> {}

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"yes\":true,\"letter\":\"a\",\"number\":1,\"exact\":1e2,\"note\":null,\"state\":\"OPEN\"}",
                        "{\"instant\":\"2026-11-21T10:00:00Z\",\"numbers\":[1],\"byName\":{\"x\":[{\"item\":\"i\"}]}}",
                        "{\"command\":{\"do\":\"buy\",\"count\":1},\"commands\":[{\"do\":\"sell\",\"limit\":1.5}]}",
                        "{\"object\":{\"a\\u0062\\n\":[{},[]]},\"value\":-0.1E-5,\"unknown\":[",
                        "[\"\\ud83c\\udf75 🍵\",tru]",
                        "{\"a\":1,\"\\u0061\":2}",
                        "\"\\")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void aDecoderReadsAnything(byte[] input) {
        ByteBuffer bytes = ByteBuffer.wrap(input);
        try {
            assertThat(new AnyDecoder().decode(bytes)).isNotNull();
        } catch (DecodeException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(2000).contains("Everything");
            assertThat(refused.getBytes().remaining()).isLessThanOrEqualTo(Excerpts.MOST);
        }
        try {
            JsonValue value = new ValueDecoder().decode(bytes);
            String text = new String(input, StandardCharsets.UTF_8);
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                assertThat(value).as("what JSON-P reads").isEqualTo(reader.readValue());
            }
        } catch (DecodeException refused) {
            assertThat(bytes.position()).isZero();
        }
    }
}
