package dev.ferrule.container.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.settings.OverflowPolicy;
import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.engine.CloseHandshake.Outcome;
import dev.ferrule.engine.Delivery;
import dev.ferrule.engine.InboundHandler;
import dev.ferrule.engine.ProtocolEngine;
import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order rules of a session's queue, its bounds, and that every send completes exactly once; no thread, no socket. */
class SendQueueTest {
    private final List<String> completions = new ArrayList<>();
    private final Wire wire = new Wire();
    private final List<String> told = new ArrayList<>();

    private SendBudget budget = new SendBudget(1 << 24);

    private SendQueue queue(int cap, OverflowPolicy policy) {
        ProtocolEngine engine = new ProtocolEngine(Role.SERVER, new Limits(1 << 20, 100), List.of(), new Ignoring());
        SendQueue queue = new SendQueue(
                wire, engine.outbound(), new SendLimits(cap, cap, cap / 2, policy), budget, new SendOwner() {
                    @Override
                    public void execute(Runnable handler) {
                        handler.run();
                    }

                    @Override
                    public String describe() {
                        return "the test's";
                    }

                    @Override
                    public String whyClosed() {
                        return "closed by the test";
                    }

                    @Override
                    public void active() {}

                    @Override
                    public void expect(long millis) {
                        told.add("at most " + millis + " ms");
                    }

                    @Override
                    public boolean mayCompress() {
                        return true;
                    }

                    @Override
                    public void returnedIsLost(Throwable failure) {}

                    @Override
                    public void overflow() {
                        told.add("overflow");
                    }

                    @Override
                    public void closeFrameSent(Outcome outcome) {
                        told.add("close sent");
                    }

                    @Override
                    public void sendingFailed(Throwable cause) {
                        told.add("sending failed");
                    }
                });
        wire.queue = queue;
        return queue;
    }

    private SendQueue queue() {
        return queue(1 << 20, OverflowPolicy.FAIL);
    }

    private SendCompletion completion(String name) {
        return new SendCompletion() {
            @Override
            void report(@Nullable Throwable failure) {
                completions.add(failure == null ? name : name + " failed");
            }
        };
    }

    private Outbound.Data text(String text) {
        return part(text, true, null);
    }

    private Outbound.Data part(String text, boolean last, @Nullable Object message) {
        return new Outbound.Data(
                Opcode.TEXT,
                List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))),
                last,
                message,
                true,
                completion(text));
    }

    @Test
    void messagesGoOutInTheOrderOfTheirOffers() {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        queue.offer(text("b"), true);
        wire.drain();
        assertThat(wire.frames()).containsExactly("TEXT a", "TEXT b");
    }

    @Test
    @Tag("obligation-4.1")
    void aSendCompletesWhenTheSocketHasTakenItAndNotBefore() {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        wire.drain();
        assertThat(completions).isEmpty();
        wire.accept();
        assertThat(completions).containsExactly("a");
    }

    @Test
    void whoEndsAMessageInPartsHasNotBegunTheOneThatWasHeldBack() throws Exception {
        SendQueue queue = queue();
        queue.offer(part("a", false, "first"), true);
        Thread other = new Thread(() -> queue.offer(part("b", false, "second"), true));
        other.start();
        other.join();
        queue.offer(part("c", true, "first"), true);
        assertThat(queue.isInPartsByThisThread(null)).isFalse();
    }

    @Test
    void oneWriteIsUnderWayAtATime() {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        wire.drain();
        queue.offer(text("b"), true);
        wire.drain();
        assertThat(wire.writes).hasSize(1);
        wire.accept();
        wire.drain();
        assertThat(wire.writes).hasSize(2);
    }

    @Test
    void aMessageInPartsKeepsOthersBackUntilItsLastPart() {
        SendQueue queue = queue();
        Object message = new Object();
        queue.offer(part("one ", false, message), true);
        queue.offer(text("other"), true);
        queue.offer(part("two", true, message), true);
        wire.drain();
        assertThat(wire.frames()).containsExactly("TEXT one  ...", "CONTINUATION two", "TEXT other");
    }

    @Test
    @Tag("obligation-4.8")
    void twoMessagesInPartsGoOutOneAfterTheOther() {
        SendQueue queue = queue();
        Object first = new Object();
        Object second = new Object();
        queue.offer(part("a1", false, first), true);
        queue.offer(part("b1", false, second), true);
        queue.offer(part("b2", true, second), true);
        queue.offer(part("a2", true, first), true);
        wire.drain();
        assertThat(wire.frames()).containsExactly("TEXT a1 ...", "CONTINUATION a2", "TEXT b1 ...", "CONTINUATION b2");
    }

    @Test
    void aPongOvertakesMessagesThatAreNotYetEncoded() {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        queue.pong(ByteBuffer.wrap(new byte[] {'p'}));
        wire.drain();
        assertThat(wire.frames()).containsExactly("PONG p", "TEXT a");
    }

    @Test
    void ofAutomaticPongsOnlyTheNewestWaits() {
        SendQueue queue = queue();
        for (char name = 'a'; name <= 'z'; name++) {
            queue.pong(ByteBuffer.wrap(new byte[] {(byte) name}));
        }
        wire.drain();
        assertThat(wire.frames()).containsExactly("PONG z");
    }

    @Test
    void aPongThatComesDuringAWriteIsNotForgotten() {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        wire.drain();
        queue.pong(ByteBuffer.wrap(new byte[] {'p'}));
        wire.drain();
        wire.accept();
        wire.drain();
        assertThat(wire.frames()).containsExactly("TEXT a", "PONG p");
    }

    @Test
    void pingsWithoutEndLeaveNothingBehind() {
        SendQueue queue = queue();
        for (int i = 0; i < 1000; i++) {
            queue.pong(ByteBuffer.allocate(125));
            wire.drain();
            wire.accept();
        }
        assertThat(queue.queuedBytes()).isZero();
    }

    @Test
    void overTheCapASendFailsAndWhatWaitsStays() {
        SendQueue queue = queue(1000, OverflowPolicy.FAIL);
        queue.offer(text("a".repeat(500)), true);
        queue.offer(text("b".repeat(500)), true);
        assertThat(completions).containsExactly("b".repeat(500) + " failed");
        wire.drain();
        assertThat(wire.frames()).hasSize(1);
    }

    @Test
    void overTheBudgetOfAllSessionsASendFailsThoughItsOwnQueueIsEmpty() {
        budget = new SendBudget(1000);
        SendQueue first = queue();
        first.offer(text("a".repeat(700)), true);
        SendQueue second = queue();
        second.offer(text("b".repeat(200)), true);
        assertThat(completions).containsExactly("b".repeat(200) + " failed");
    }

    @Test
    void whatWasQueuedAtTheEndIsGivenBackToTheBudgetOnce() {
        SendQueue queue = queue();
        queue.offer(text("writing"), true);
        wire.drain();
        queue.offer(text("waiting"), true);
        queue.pong(ByteBuffer.allocate(5));
        assertThat(budget.heldBytes()).isPositive();
        queue.fail();
        wire.accept();
        wire.drain();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void aMessageLargerThanTheCapGoesWhenNothingElseWaits() {
        SendQueue queue = queue(1000, OverflowPolicy.FAIL);
        queue.offer(text("a".repeat(5000)), true);
        wire.drain();
        wire.accept();
        assertThat(completions).containsExactly("a".repeat(5000));
    }

    @Test
    void thePolicyCloseTellsTheSession() {
        SendQueue queue = queue(1000, OverflowPolicy.CLOSE);
        queue.offer(text("a".repeat(500)), true);
        queue.offer(text("b".repeat(500)), true);
        assertThat(told).containsExactly("overflow");
    }

    @Test
    void aPartThatIsRefusedInTheMidstOfAMessageTellsTheSession() {
        SendQueue queue = queue(1000, OverflowPolicy.FAIL);
        queue.offer(part("p".repeat(500), false, "m"), true);
        queue.offer(part("q".repeat(500), true, "m"), true);
        assertThat(told).containsExactly("overflow");
    }

    @Test
    void aPartThatIsRefusedInTheMidstOfAMessageThatIsHeldBackTellsTheSession() {
        SendQueue queue = queue(1000, OverflowPolicy.FAIL);
        queue.offer(part("p", false, "m"), true);
        queue.offer(part("q".repeat(500), false, "n"), true);
        queue.offer(part("r".repeat(500), true, "n"), true);
        assertThat(told).containsExactly("overflow");
    }

    @Test
    void aPartThatIsRefusedAtTheBeginningOfAMessageTellsNobody() {
        SendQueue queue = queue(1000, OverflowPolicy.FAIL);
        queue.offer(part("p", false, "m"), true);
        queue.offer(part("q".repeat(500), true, "n"), true);
        queue.offer(part("r".repeat(500), true, "n"), true);
        assertThat(told).isEmpty();
        assertThat(completions).containsExactly("r".repeat(500) + " failed");
    }

    @Test
    void thePolicyDropOldestMakesRoomWithWholeMessages() {
        SendQueue queue = queue(1000, OverflowPolicy.DROP_OLDEST);
        queue.offer(text("a".repeat(400)), true);
        queue.offer(text("b".repeat(400)), true);
        assertThat(completions).containsExactly("a".repeat(400) + " failed");
        wire.drain();
        assertThat(wire.frames()).containsExactly("TEXT " + "b".repeat(400));
    }

    @Test
    void thePolicyDropOldestDropsNoMoreThanItMust() {
        SendQueue queue = queue(1000, OverflowPolicy.DROP_OLDEST);
        for (String letter : List.of("a", "b", "c", "d")) {
            queue.offer(text(letter.repeat(200)), true);
        }
        assertThat(completions).containsExactly("a".repeat(200) + " failed");
        wire.drain();
        assertThat(wire.frames())
                .containsExactly("TEXT " + "b".repeat(200), "TEXT " + "c".repeat(200), "TEXT " + "d".repeat(200));
    }

    @Test
    void thePolicyDropOldestPassesOverParts() {
        SendQueue queue = queue(1000, OverflowPolicy.DROP_OLDEST);
        Object message = "m";
        queue.offer(part("p".repeat(200), false, message), true);
        queue.offer(part("q".repeat(200), true, message), true);
        queue.offer(text("b".repeat(200)), true);
        queue.offer(text("d".repeat(200)), true);
        assertThat(completions).containsExactly("b".repeat(200) + " failed");
        wire.drain();
        assertThat(wire.frames())
                .containsExactly(
                        "TEXT " + "p".repeat(200) + " ...",
                        "CONTINUATION " + "q".repeat(200),
                        "TEXT " + "d".repeat(200));
    }

    @Test
    @Tag("obligation-6.10")
    void behindACloseNothingIsAcceptedAndWhatWaitedGoesFirst() {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        queue.close(new ClosePayload(1000, ""), false);
        queue.offer(text("late"), true);
        wire.drain();
        assertThat(wire.frames()).containsExactly("TEXT a", "CLOSE 1000");
        assertThat(completions).containsExactly("late failed");
    }

    @Test
    void theCloseFrameIsSentWhenTheSocketHasTakenItAndWhatWentWithItIsCompleteThen() {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        queue.close(new ClosePayload(1000, ""), false);
        wire.drain();
        assertThat(told).isEmpty();
        wire.accept();
        assertThat(told).containsExactly("close sent");
        assertThat(completions).containsExactly("a");
    }

    @Test
    void whenTheTransportHasEndedSendsFail() {
        SendQueue queue = queue();
        wire.ended = true;
        queue.offer(text("a"), true);
        queue.offer(text("b"), true);
        assertThat(completions).containsExactly("a failed", "b failed");
    }

    static Stream<Runnable> obstacles() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("no buffer");
                },
                () -> {
                    throw new OutOfMemoryError("direct buffer memory");
                });
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void aFrameThatCannotBeEncodedEndsTheSessionAndFailsEverySendOnce(Runnable obstacle) {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        queue.offer(text("b"), true);
        wire.beforeClaim = obstacle;
        wire.drain();
        queue.fail();
        assertThat(told).containsExactly("sending failed");
        assertThat(completions).containsExactly("a failed", "b failed");
        assertThat(budget.heldBytes()).isZero();
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void aWriteThatFailsEndsTheSessionAndFailsEverySendOnce(Runnable obstacle) {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        queue.offer(text("b"), true);
        wire.beforeWrite = obstacle;
        wire.drain();
        queue.fail();
        assertThat(told).containsExactly("sending failed");
        assertThat(completions).containsExactlyInAnyOrder("a failed", "b failed");
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void aPingOfOursGoesOutThoughOthersHoldTheWholeBudget() {
        budget = new SendBudget(1_000);
        SendQueue others = queue();
        others.offer(text("a".repeat(800)), true);
        assertThat(budget.allows(100)).isFalse();
        SendQueue queue = queue();
        queue.ping(ByteBuffer.allocate(0));
        wire.drain();
        assertThat(wire.frames()).contains("PING ");
    }

    @Test
    void anAbnormalCloseFailsWhatWaits() {
        SendQueue queue = queue();
        queue.offer(text("a"), true);
        queue.close(new ClosePayload(1002, ""), true);
        wire.drain();
        assertThat(completions).containsExactly("a failed");
        assertThat(wire.frames()).containsExactly("CLOSE 1002");
    }

    @Test
    @Tag("obligation-4.3")
    void theEndOfTheConnectionFailsEverySendOnce() {
        SendQueue queue = queue();
        queue.offer(text("writing"), true);
        wire.drain();
        queue.offer(text("waiting"), true);
        queue.fail();
        queue.fail();
        wire.accept();
        queue.offer(text("late"), true);
        assertThat(completions).containsExactlyInAnyOrder("writing failed", "waiting failed", "late failed");
    }

    @Test
    @Tag("obligation-4.5")
    void aSendThatTimesOutWhileItWaitsIsNeverWritten() {
        SendQueue queue = queue();
        queue.offer(text("first"), true);
        wire.drain();
        Outbound.Data late = text("late");
        queue.limitTime(late.completion(), 1);
        queue.offer(late, true);
        assertThat(queue.timeOut(System.nanoTime() + TimeUnit.SECONDS.toNanos(1)))
                .isTrue();
        wire.accept();
        wire.drain();
        assertThat(completions).containsExactly("late failed", "first");
        assertThat(wire.frames()).containsExactly("TEXT first");
    }

    @Test
    @Tag("obligation-4.5")
    void theTimeOfASendCountsFromTheCall() {
        SendQueue queue = queue();
        Outbound.Data limited = text("limited");
        queue.limitTime(limited.completion(), 60_000);
        queue.offer(limited, true);
        assertThat(told).containsExactly("at most 60000 ms");
        assertThat(queue.timeOut(System.nanoTime())).isFalse();
        assertThat(queue.timeOut(System.nanoTime() + TimeUnit.SECONDS.toNanos(61)))
                .isTrue();
        assertThat(completions).containsExactly("limited failed");
    }

    @Test
    void aFlushMarkCompletesWhenEverythingBeforeItIsWritten() {
        SendQueue queue = queue();
        queue.offer(text("a"), false);
        queue.offer(new Outbound.FlushMark(completion("mark")));
        wire.drain();
        assertThat(completions).isEmpty();
        wire.accept();
        assertThat(completions).containsExactly("a", "mark");
    }

    @Test
    void aFlushMarkBehindNothingCompletesAtOnce() {
        SendQueue queue = queue();
        queue.offer(new Outbound.FlushMark(completion("mark")));
        wire.drain();
        assertThat(completions).containsExactly("mark");
    }

    /** A connection whose writer runs when the test says so, and whose socket takes bytes when the test says so. */
    private static final class Wire implements TransportConnection {
        final Queue<Runnable> tasks = new ArrayDeque<>();
        final List<byte[]> writes = new ArrayList<>();
        private @Nullable SendQueue queue;
        private long submitted;
        Runnable beforeClaim = () -> {};
        Runnable beforeWrite = () -> {};
        boolean ended;

        void drain() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        void accept() {
            queue.drain().onWritten(submitted);
        }

        List<String> frames() {
            List<String> frames = new ArrayList<>();
            for (byte[] write : writes) {
                ByteBuffer bytes = ByteBuffer.wrap(write);
                while (bytes.hasRemaining()) {
                    frames.add(frame(bytes));
                }
            }
            return frames;
        }

        private static String frame(ByteBuffer bytes) {
            int first = bytes.get() & 0xff;
            int length = bytes.get();
            if (length == 126) {
                length = bytes.getShort() & 0xffff;
            }
            byte[] payload = new byte[length];
            bytes.get(payload);
            String name = switch (first & 15) {
                case 0 -> "CONTINUATION ";
                case 1 -> "TEXT ";
                case 8 -> "CLOSE ";
                case 9 -> "PING ";
                case 10 -> "PONG ";
                default -> "? ";
            };
            String content = (first & 15) == 8
                    ? String.valueOf(ByteBuffer.wrap(payload).getShort())
                    : new String(payload, StandardCharsets.UTF_8);
            return name + content + ((first & 0x80) == 0 ? " ..." : "");
        }

        @Override
        public ByteBuffer claim(int minBytes) {
            beforeClaim.run();
            return ByteBuffer.allocate(minBytes);
        }

        @Override
        public void giveBack(ByteBuffer claimed) {}

        @Override
        public void write(List<ByteBuffer> buffers) {
            beforeWrite.run();
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                writes.add(bytes);
                submitted += bytes.length;
            }
        }

        @Override
        public Executor writer() {
            return task -> {
                if (ended) {
                    throw new RejectedExecutionException();
                }
                tasks.add(task);
            };
        }

        @Override
        public boolean onTransportThread() {
            return false;
        }

        @Override
        public void resumeReading() {}

        @Override
        public void finish(boolean inputOver) {}

        @Override
        public void abort() {}
    }

    /** Nothing arrives in these tests. */
    private static final class Ignoring implements InboundHandler {
        @Override
        public Delivery onMessageStart(Opcode opcode) {
            return Delivery.discard(1);
        }

        @Override
        public void onText(String message) {}

        @Override
        public void onBinary(ByteBuffer message) {}

        @Override
        public void onTextPart(String part, boolean last) {}

        @Override
        public void onBinaryPart(ByteBuffer part, boolean last) {}

        @Override
        public void onPing(ByteBuffer payload) {}

        @Override
        public void onPong(ByteBuffer payload) {}

        @Override
        public void onClose(ClosePayload payload, Outcome outcome) {}

        @Override
        public void onViolation(ProtocolViolation violation, Outcome outcome) {}
    }
}
