/**
 * The engine's own tests. Tables are data ({@code *.table}), each row is fed whole, byte by byte and in random slices
 * whose seed is printed ({@code -Dferrule.test.seed} repeats it).
 *
 * <p>Fuzzing: the classes named {@code *Fuzz} hold the targets FZ1 to FZ6 and FZ9. Every build replays their corpora
 * ({@link dev.ferrule.engine.CorpusTest}). One target is fuzzed for as long as asked with
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl runtime/engine test -Dtest='EngineFuzz#aServerReadsAnything' -Djazzer.max_duration=30m
 * </pre>
 *
 * <p>Targets: {@code EngineFuzz#aServerReadsAnything} (FZ1), {@code EngineFuzz#aClientReadsAnything} (FZ2),
 * {@code HandshakeFuzz#aServerExaminesAnyRequest} (FZ3), {@code HandshakeFuzz#aClientChecksAnyResponse} (FZ4),
 * {@code HandshakeFuzz#extensionHeadersAreNegotiatedOrRefused} (FZ5),
 * {@code InflateFuzz#compressedMessagesAreWhatZlibSays} (FZ6),
 * {@code NettyDifferentialFuzz#nettyAndWeUnderstandTheSame} (FZ9). A finding is written beside the build and repeated by
 * adding it, in hex, to the target's {@code .corpus}.
 */
package dev.ferrule.engine;
