package dev.ferrule.transport.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.wirekit.LiveObjects;
import dev.ferrule.wirekit.RawPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to bytes once an upgrade was accepted. */
class UpgradedConnectionTest {
    @RegisterExtension
    static final Fixture fixture = new Fixture();

    @Test
    void bytesComeAndGo() {
        Recorder listener = new Recorder();
        try (RawPeer peer = upgraded(listener)) {
            peer.send("hello");
            assertThat(text(peer.read(5))).isEqualTo("hello");
            peer.send("again");
            assertThat(text(peer.read(5))).isEqualTo("again");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(listener.totals).endsWith(10L));
        }
    }

    @Test
    void bytesThatArriveTogetherWithTheHeadAreNotLost() {
        Recorder listener = new Recorder();
        try (RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(new Server(listener)))) {
            peer.send(RawPeer.upgradeRequest("/", "localhost") + "early");
            assertThat(peer.readHead().status()).isEqualTo(101);
            assertThat(text(peer.read(5))).isEqualTo("early");
        }
    }

    @Test
    void anEndOfInputBeforeTheAcceptanceIsToldBehindOnOpenAndTheBytes() {
        Recorder listener = new Recorder();
        Server server = new Server(listener);
        CompletableFuture<UpgradeExchange> waiting = new CompletableFuture<>();
        server.upgrades = waiting::complete;
        try (RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(server))) {
            peer.send(RawPeer.upgradeRequest("/", "localhost") + "last");
            peer.endOutput();
            UpgradeExchange exchange = Recorder.get(waiting);
            roundTripOfAnotherConnection();

            Server.accept(exchange, listener);
            Recorder.get(listener.eof);
            assertThat(listener.calls).containsExactly("onOpen", "onBytes", "onEof");
            assertThat(peer.readHead().status()).isEqualTo(101);
            assertThat(text(peer.read(4))).isEqualTo("last");
        }
    }

    @Test
    void aHeadThatArrivesByteByByteIsUnderstood() {
        Recorder listener = new Recorder();
        try (RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(new Server(listener)))) {
            for (char next : (RawPeer.upgradeRequest("/slow", "localhost") + "tail").toCharArray()) {
                peer.send(String.valueOf(next));
            }
            assertThat(peer.readHead().status()).isEqualTo(101);
            assertThat(text(peer.read(4))).isEqualTo("tail");
        }
    }

    @Test
    void bytesThatArriveWhileTheAnswerIsAwaitedAreDeliveredBehindOnOpen() {
        Recorder listener = new Recorder();
        Server server = new Server(listener);
        CompletableFuture<UpgradeExchange> waiting = new CompletableFuture<>();
        server.upgrades = waiting::complete;
        try (RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(server))) {
            peer.send(RawPeer.upgradeRequest("/", "localhost") + "one ");
            UpgradeExchange exchange = Recorder.get(waiting);
            assertThat(exchange.mayBlock()).isFalse();
            assertThat(exchange.secure()).isFalse();
            assertThat(exchange.remoteAddress().getPort()).isEqualTo(peer.localPort());
            peer.send("two");
            assertThat(listener.calls).isEmpty();

            Server.accept(exchange, listener); // on this thread, which is none of the transport's

            assertThat(peer.readHead().status()).isEqualTo(101);
            assertThat(text(peer.read(7))).isEqualTo("one two");
            assertThat(listener.calls).startsWith("onOpen", "onBytes");
        }
    }

    /** Netty's loops may end without closing what is open on them when they are shut down between two of their rounds. */
    @Test
    void aTransportThatIsClosedByATaskOfALoopClosesEveryConnection() {
        Recorder listener = new Recorder();
        try (RawPeer peer = upgraded(listener)) {
            TransportConnection connection = listener.connection();
            connection.writer().execute(fixture.transport::close);
            assertThat(Recorder.get(listener.failure)).hasMessageContaining("closed");
            peer.awaitEnd();
        }
    }

    @Test
    void anExchangeIsAnsweredOnce() {
        Recorder listener = new Recorder();
        Server server = new Server(listener);
        CompletableFuture<Throwable> second = new CompletableFuture<>();
        server.upgrades = exchange -> {
            Server.accept(exchange, listener);
            try {
                Server.accept(exchange, listener);
            } catch (IllegalStateException expected) {
                second.complete(expected);
            }
        };
        try (RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(server))) {
            assertThat(peer.upgrade("/twice").status()).isEqualTo(101);
            assertThat(Recorder.get(second)).hasMessageContaining("GET /twice was answered before");
        }
    }

    @Test
    void aListenerThatTakesOnePieceAtATimeGetsAllInOrder() {
        byte[] sent = random(300_000);
        Recorder[] self = new Recorder[1];
        self[0] = new Recorder(bytes -> {
            if (!bytes.hasRemaining()) {
                return true;
            }
            ByteBuffer piece = bytes.slice(bytes.position(), Math.min(997, bytes.remaining()));
            self[0].take(piece);
            bytes.position(bytes.position() + piece.position());
            self[0].connection().resumeReading(); // before this call has returned
            return false;
        });
        try (RawPeer peer = upgraded(self[0])) {
            peer.send(sent);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(self[0].received()).isEqualTo(sent));
        }
    }

    @Test
    void withoutDemandReadingStopsAndTheRestComesFirstAfterwards() {
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Recorder[] self = new Recorder[1];
        self[0] = new Recorder(bytes -> {
            if (calls.incrementAndGet() == 1) {
                bytes.get(); // one byte of the first piece
                stopped.countDown();
                return false;
            }
            self[0].take(bytes);
            return true;
        });
        try (RawPeer peer = upgraded(self[0])) {
            peer.send("abc");
            await(stopped);
            peer.send("def");
            roundTripOfAnotherConnection();
            assertThat(calls).hasValue(1);
            self[0].connection().resumeReading();
            self[0].awaitReceived("bcdef");
        }
    }

    @Test
    void readingStopsAndGoesOnBehindReadsThatWereTakenWhole() {
        Recorder[] self = new Recorder[1];
        CountDownLatch stopped = new CountDownLatch(1);
        self[0] = new Recorder(bytes -> {
            boolean stops = bytes.get(bytes.position()) == 'c' && stopped.getCount() > 0;
            if (stops) {
                stopped.countDown();
            } else {
                self[0].take(bytes);
            }
            return !stops;
        });
        try (RawPeer peer = upgraded(self[0])) {
            peer.send("a");
            self[0].awaitReceived("a");
            peer.send("b");
            self[0].awaitReceived("ab");
            peer.send("c");
            await(stopped);
            peer.send("d");
            roundTripOfAnotherConnection();
            self[0].awaitReceived("ab");
            self[0].connection().resumeReading();
            self[0].awaitReceived("abcd");
            peer.send("e");
            self[0].awaitReceived("abcde");
        }
    }

    /** After the first megabytes the system keeps more for the connection than a loop reads before others have their turn. */
    @Test
    void whatIsLeftAfterALongTurnOfReadingIsReadInTheNext() throws InterruptedException {
        byte[] before = random(20_000_000);
        byte[] burst = random(2_000_000);
        AtomicInteger received = new AtomicInteger();
        Recorder listener = new Recorder(bytes -> {
            received.addAndGet(bytes.remaining());
            bytes.position(bytes.limit());
            return true;
        });
        try (RawPeer peer = upgraded(listener)) {
            peer.send(before);
            Awaitility.await().untilAsserted(() -> assertThat(received).hasValue(before.length));
            CountDownLatch sent = new CountDownLatch(1);
            listener.connection().writer().execute(() -> await(sent));
            Thread sending = new Thread(() -> peer.send(burst));
            sending.start();
            sending.join(2000);
            boolean atOnce = !sending.isAlive();
            sent.countDown();
            Awaitility.await().untilAsserted(() -> assertThat(received).hasValue(before.length + burst.length));
            assumeThat(atOnce)
                    .as("the system takes it all, so that it is reported once")
                    .isTrue();
        }
    }

    @Test
    void resumingDeliversTheRestAlsoWhenItIsEmpty() {
        List<Integer> sizes = new ArrayList<>();
        CountDownLatch calls = new CountDownLatch(2);
        Recorder listener = new Recorder(bytes -> {
            sizes.add(bytes.remaining());
            bytes.position(bytes.limit());
            calls.countDown();
            return sizes.size() > 1;
        });
        try (RawPeer peer = upgraded(listener)) {
            peer.send("abc");
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> sizes.size() == 1);
            listener.connection().resumeReading();
            await(calls);
            assertThat(sizes).containsExactly(3, 0);
        }
    }

    @Test
    void theEndOfInputWaitsForWhatWasNotTaken() {
        CountDownLatch stopped = new CountDownLatch(1);
        Recorder[] self = new Recorder[1];
        self[0] = new Recorder(bytes -> {
            if (stopped.getCount() > 0) {
                stopped.countDown();
                return false;
            }
            self[0].take(bytes);
            return true;
        });
        try (RawPeer peer = upgraded(self[0])) {
            peer.send("last words");
            await(stopped);
            peer.endOutput();
            roundTripOfAnotherConnection();
            assertThat(self[0].eof).isNotDone();
            self[0].connection().resumeReading();
            Recorder.get(self[0].eof);
            assertThat(text(self[0].received())).isEqualTo("last words");
            assertThat(self[0].calls).endsWith("onBytes", "onEof");
        }
    }

    @Test
    void afterTheEndOfInputWritingStillWorks() {
        Recorder listener = new Recorder();
        try (RawPeer peer = upgraded(listener)) {
            peer.endOutput();
            Recorder.get(listener.eof);
            TransportConnection connection = listener.connection();
            connection.writer().execute(() -> {
                listener.send(ByteBuffer.wrap("bye".getBytes(ISO_8859_1)));
                connection.finish(false);
            });
            assertThat(text(peer.awaitEof())).isEqualTo("bye");
            assertThat(listener.failure).isNotDone();
        }
    }

    @ParameterizedTest(name = "the peer has said all: {0}")
    @ValueSource(booleans = {false, true})
    void finishWritesEverythingAndThenEnds(boolean inputOver) {
        byte[] large = random(5_000_000);
        Recorder listener = new Recorder();
        try (RawPeer peer = upgraded(listener)) {
            TransportConnection connection = listener.connection();
            connection.writer().execute(() -> {
                listener.send(ByteBuffer.wrap(large));
                connection.finish(inputOver);
                connection.finish(inputOver);
            });
            assertThat(peer.read(large.length)).isEqualTo(large);
            assertThat(peer.awaitEof()).isEmpty();
        }
    }

    @Test
    void finishSurvivesAPeerThatIsStillSending() {
        Recorder listener = new Recorder();
        try (RawPeer peer = upgraded(listener)) {
            TransportConnection connection = listener.connection();
            peer.send(new byte[10_000]);
            connection.writer().execute(() -> {
                listener.send(ByteBuffer.wrap("the end".getBytes(ISO_8859_1)));
                connection.finish(false);
            });
            peer.send(new byte[10_000]); // unread bytes would make a plain close a reset
            assertThat(text(peer.awaitEof())).endsWith("the end");
        }
    }

    @Test
    void abortCutsAtOnceAlsoWhenThePeerDoesNotRead() {
        Recorder listener = new Recorder();
        try (RawPeer peer = upgraded(listener)) {
            TransportConnection connection = listener.connection();
            connection.writer().execute(() -> listener.send(ByteBuffer.wrap(new byte[20_000_000])));
            connection.abort();
            connection.abort();
            connection.finish(false);
            peer.awaitEnd();
            assertThat(listener.failure).isNotDone();
        }
    }

    @Test
    void aResetIsAFailureOnce() {
        Recorder listener = new Recorder();
        RawPeer peer = upgraded(listener);
        peer.send("x");
        listener.awaitReceived("x");
        peer.reset();
        assertThat(Recorder.get(listener.failure)).isNotNull();
        assertThat(listener.calls).containsOnlyOnce("onFailure").doesNotContain("onEof");
    }

    @Test
    void aWriteThatFailsBehindTheEndOfTheInputIsAFailureToo() {
        Recorder listener = new Recorder();
        RawPeer peer = upgraded(listener);
        peer.endOutput();
        Awaitility.await().until(() -> listener.calls.contains("onEof"));
        TransportConnection connection = listener.connection();
        peer.reset();
        connection.writer().execute(() -> connection.write(List.of(ByteBuffer.wrap(new byte[1 << 20]))));
        assertThat(Recorder.get(listener.failure)).isNotNull();
        assertThat(listener.calls).containsExactly("onOpen", "onEof", "onFailure");
    }

    @Test
    void aResetInTheMidstOfReadingIsAFailureOnce() {
        int before = 4_000_000; // so that the system takes more than one read at a time
        AtomicInteger received = new AtomicInteger();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch reset = new CountDownLatch(1);
        Recorder listener = new Recorder(bytes -> {
            if (received.getAndAdd(bytes.remaining()) >= before) {
                reading.countDown();
                await(reset); // so that the loop reads on before the system reports it
            }
            bytes.position(bytes.limit());
            return true;
        });
        RawPeer peer = upgraded(listener);
        peer.send(new byte[before]);
        Awaitility.await().untilAsserted(() -> assertThat(received).hasValue(before));
        CountDownLatch sent = new CountDownLatch(1);
        listener.connection().writer().execute(() -> await(sent));
        peer.send(new byte[64 * 1024]);
        sent.countDown();
        await(reading);
        peer.reset();
        reset.countDown();
        assertThat(Recorder.get(listener.failure)).isNotNull();
        assertThat(listener.calls).containsOnlyOnce("onFailure").doesNotContain("onEof");
    }

    @Test
    void aConnectionThatWasResetIsNotKept() {
        CompletableFuture<CompletableFuture<IOException>> failure = new CompletableFuture<>();
        Server server = new Server(new Recorder());
        server.upgrades = exchange -> {
            Recorder listener = new Recorder(); // which nobody but the connection keeps
            failure.complete(listener.failure);
            Server.accept(exchange, listener);
        };
        RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(server));
        peer.upgrade("/");
        peer.send("x");
        assertThat(text(peer.read(1))).isEqualTo("x");
        peer.reset();
        Recorder.get(Recorder.get(failure));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(LiveObjects.of(Set.of(BytePump.class.getName())))
                        .isEmpty());
    }

    @Test
    @DisabledIfSystemProperty(
            named = "io.netty.transport.noNative",
            matches = "true",
            disabledReason =
                    "NIO reports nothing of a socket that nobody reads: there it is noticed with the next write or read")
    void aResetIsNoticedWithoutDemandToo() {
        CountDownLatch stopped = new CountDownLatch(1);
        Recorder listener = new Recorder(bytes -> {
            stopped.countDown();
            return false;
        });
        RawPeer peer = upgraded(listener);
        peer.send("x");
        await(stopped);
        peer.reset();
        Recorder.get(listener.failure);
    }

    @Test
    void aSlowReaderSeesEveryByteAndProgressIsTold() {
        int size = 8_000_000;
        byte[] large = random(size);
        Recorder listener = new Recorder();
        try (RawPeer peer = upgradedWithLittleRoom(listener)) {
            TransportConnection connection = listener.connection();
            connection.writer().execute(() -> {
                ByteBuffer claimed = connection.claim(100_000);
                claimed.put(large, 0, 100_000).flip();
                ByteBuffer shared = ByteBuffer.wrap(large).asReadOnlyBuffer().position(100_000);
                connection.write(List.of(claimed, shared));
                assertThat(shared.position()).isEqualTo(100_000);
            });
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !listener.totals.isEmpty());
            assertThat(listener.totals.get(listener.totals.size() - 1)).isLessThan(size);
            assertThat(peer.read(size)).isEqualTo(large);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(listener.totals).endsWith((long) size));
            assertThat(listener.totals).isSorted().hasSizeGreaterThan(10);
        }
    }

    @Test
    void whatTheSocketDoesNotTakeAtOnceOfASingleBufferFollows() {
        byte[] large = random(8_000_000);
        Recorder listener = new Recorder();
        try (RawPeer peer = upgradedWithLittleRoom(listener)) {
            TransportConnection connection = listener.connection();
            connection.writer().execute(() -> {
                listener.send(connection.claim(large.length).put(large).flip());
                listener.send(connection.claim(1).put((byte) 1).flip());
            });
            assertThat(peer.read(large.length)).isEqualTo(large);
            assertThat(peer.read(1)).containsExactly(1);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(listener.totals).endsWith(large.length + 1L));
            assertThat(listener.totals).isSorted();
        }
    }

    @Test
    void aClaimThatIsGivenBackLeavesNoTrace() {
        Recorder listener = new Recorder();
        try (RawPeer peer = upgraded(listener)) {
            TransportConnection connection = listener.connection();
            connection.writer().execute(() -> {
                ByteBuffer first = connection.claim(10);
                ByteBuffer second = connection.claim(10);
                ByteBuffer third = connection.claim(10);
                assertThat(second.remaining()).isGreaterThanOrEqualTo(10);
                connection.giveBack(second);
                connection.write(List.of(
                        third.put("ab".getBytes(ISO_8859_1)).flip(),
                        first.put("cd".getBytes(ISO_8859_1)).flip()));
            });
            assertThat(text(peer.read(4))).isEqualTo("abcd");
        }
    }

    @Test
    void writesOnAConnectionThatIsOverAreDroppedAndItsWriterStillRuns() {
        Recorder listener = new Recorder();
        RawPeer peer = upgraded(listener);
        peer.reset();
        Recorder.get(listener.failure);
        TransportConnection connection = listener.connection();
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        connection.writer().execute(() -> {
            connection.write(List.of(connection.claim(5).put((byte) 1).flip()));
            ran.complete(connection.onTransportThread());
        });
        assertThat(Recorder.get(ran)).isTrue();
        assertThat(connection.onTransportThread()).isFalse();
        assertThat(listener.totals).isEmpty();
    }

    @Test
    void aListenerThatThrowsLosesItsConnectionOnly() {
        Recorder bad = new Recorder(bytes -> {
            throw new AssertionError("on purpose");
        });
        try (RawPeer peer = upgraded(bad)) {
            peer.send("x");
            peer.awaitEnd();
            assertThat(Recorder.get(bad.failure)).hasRootCauseMessage("on purpose");
        }
        roundTripOfAnotherConnection();
    }

    @Test
    void aPeerThatLeavesBeforeItsAcceptanceIsTold() {
        Recorder listener = new Recorder();
        Server server = new Server(listener);
        CompletableFuture<UpgradeExchange> waiting = new CompletableFuture<>();
        server.upgrades = waiting::complete;
        RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(server));
        peer.send(RawPeer.upgradeRequest("/", "localhost"));
        UpgradeExchange exchange = Recorder.get(waiting);
        peer.reset();
        roundTripOfAnotherConnection();
        Server.accept(exchange, listener);
        Recorder.get(listener.failure);
        assertThat(listener.calls).containsExactly("onOpen", "onFailure");
    }

    @Test
    void closingTheTransportEndsOpenConnections() {
        Recorder listener = new Recorder();
        try (RawPeer peer = upgraded(listener)) {
            listener.connection();
            fixture.transport.close();
            peer.awaitEnd();
            assertThat(Recorder.get(listener.failure)).isNotNull();
            listener.connection().finish(false);
            listener.connection().resumeReading();
            fixture.transport.close();
        }
    }

    @Test
    void theTransportCanBeClosedOnItsOwnThread() {
        Recorder listener = new Recorder(bytes -> {
            fixture.transport.close();
            return true;
        });
        try (RawPeer peer = upgraded(listener)) {
            peer.send("x");
            peer.awaitEnd();
        }
    }

    private RawPeer upgraded(Recorder listener) {
        RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(new Server(listener)));
        assertThat(peer.upgrade("/").status()).isEqualTo(101);
        return peer;
    }

    /** A peer whose system takes a few kilobytes while nobody reads. */
    private RawPeer upgradedWithLittleRoom(Recorder listener) {
        RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(new Server(listener)), null, 16 * 1024);
        assertThat(peer.upgrade("/").status()).isEqualTo(101);
        return peer;
    }

    /** Gives whatever must not happen the time to happen, and shows that the loops are alive: one goes over each of them. */
    private void roundTripOfAnotherConnection() {
        Server server = new Server(new Recorder());
        server.upgrades = exchange -> Server.accept(exchange, new Recorder());
        int port = fixture.serve(server);
        for (int loop = 0; loop < 2 * Runtime.getRuntime().availableProcessors(); loop++) {
            try (RawPeer other = RawPeer.connect("127.0.0.1", port)) {
                other.upgrade("/");
                other.send("ping");
                assertThat(text(other.read(4))).isEqualTo("ping");
            }
        }
    }

    private static void await(CountDownLatch latch) {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> latch.getCount() == 0);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
