package dev.ferrule.json;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every build replays what the fuzz target begins with and what it found, without Jazzer. */
class JsonCorpusTest {
    @ParameterizedTest
    @MethodSource("dev.ferrule.json.JsonFuzz#seeds")
    void aDecoderReads(byte[] input) {
        new JsonFuzz().aDecoderReadsAnything(input);
    }
}
