package dev.ferrule.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every build replays what the fuzz targets begin with and what they found: the targets' own checks, without Jazzer. */
class CorpusTest {
    @ParameterizedTest
    @MethodSource("dev.ferrule.engine.EngineFuzz#serverSeeds")
    void aServerReads(byte[] input) {
        new EngineFuzz().aServerReadsAnything(input);
    }

    @ParameterizedTest
    @MethodSource("dev.ferrule.engine.EngineFuzz#clientSeeds")
    void aClientReads(byte[] input) {
        new EngineFuzz().aClientReadsAnything(input);
    }

    @ParameterizedTest
    @MethodSource("dev.ferrule.engine.HandshakeFuzz#requestSeeds")
    void aServerExamines(byte[] input) throws Exception {
        new HandshakeFuzz().aServerExaminesAnyRequest(input);
    }

    @ParameterizedTest
    @MethodSource("dev.ferrule.engine.HandshakeFuzz#responseSeeds")
    void aClientChecks(byte[] input) {
        new HandshakeFuzz().aClientChecksAnyResponse(input);
    }

    @ParameterizedTest
    @MethodSource("dev.ferrule.engine.HandshakeFuzz#headerSeeds")
    void extensionHeadersAreNegotiated(byte[] input) throws Exception {
        new HandshakeFuzz().extensionHeadersAreNegotiatedOrRefused(input);
    }

    @ParameterizedTest
    @MethodSource("dev.ferrule.engine.InflateFuzz#seeds")
    void compressedMessagesAreUnfolded(byte[] input) throws Exception {
        new InflateFuzz().compressedMessagesAreWhatZlibSays(input);
    }

    @ParameterizedTest
    @MethodSource("dev.ferrule.engine.NettyDifferentialFuzz#seeds")
    void nettyUnderstandsTheSame(byte[] input) {
        new NettyDifferentialFuzz().nettyAndWeUnderstandTheSame(input);
    }
}
