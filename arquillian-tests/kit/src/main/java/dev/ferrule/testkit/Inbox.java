package dev.ferrule.testkit;

import dev.ferrule.testkit.Received.Binary;
import dev.ferrule.testkit.Received.End;
import dev.ferrule.testkit.Received.Failure;
import dev.ferrule.testkit.Received.Pong;
import dev.ferrule.testkit.Received.Text;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The client's endpoint: keeps everything that comes, in its order, until the test takes it.
 *
 * <p>Threading: callbacks put, one test thread takes.
 */
final class Inbox extends Endpoint {
    /** So many things that the test has taken before are told with a failed expectation. */
    private static final int REMEMBERED = 5;

    private final LinkedBlockingQueue<Received> waiting = new LinkedBlockingQueue<>();
    private final Deque<Received> taken = new ArrayDeque<>();
    private final ByteBuffer mark;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable End end;

    /** @param mark the payload of the pong that tells that the server's {@code onOpen} has returned */
    Inbox(ByteBuffer mark) {
        this.mark = mark;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        // The settings of a test are meant for its server, whose container the client may share.
        session.setMaxIdleTimeout(0);
        session.setMaxTextMessageBufferSize(Integer.MAX_VALUE);
        session.setMaxBinaryMessageBufferSize(Integer.MAX_VALUE);
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> waiting.add(new Text(text)));
        session.addMessageHandler(
                ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) bytes -> waiting.add(new Binary(copy(bytes))));
        session.addMessageHandler(
                PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> pong(copy(pong.getApplicationData())));
    }

    private void pong(ByteBuffer payload) {
        if (payload.equals(mark)) {
            opened.countDown();
        } else {
            waiting.add(new Pong(payload));
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        End last = new End(reason);
        end = last;
        waiting.add(last);
        opened.countDown();
        ended.countDown();
    }

    @Override
    public void onError(Session session, Throwable failure) {
        waiting.add(new Failure(failure));
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    /** Whether the pong with the mark, or the end, came in time. */
    boolean awaitOpen(Duration patience) {
        return await(opened, patience);
    }

    /** Whether the end came in time; what came before it still waits. */
    boolean awaitEnd(Duration patience) {
        return await(ended, patience);
    }

    private static boolean await(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** Takes the next thing; the end again and again. Null when nothing comes in time. */
    @Nullable
    Received take(Duration patience) {
        try {
            Received next = waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (next instanceof End) {
                waiting.add(next);
            } else if (next != null) {
                remember(next);
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private void remember(Received next) {
        taken.add(next);
        if (taken.size() > REMEMBERED + 1) {
            taken.remove();
        }
    }

    /** What is known about the connection, for the message of a failed expectation about this thing. */
    String circumstances(@Nullable Received about) {
        End last = end;
        String state = last == null
                ? "; the connection is open"
                : about == last ? "" : "; by now there came also " + last.describe();
        String before = taken.stream()
                .filter(earlier -> earlier != about)
                .map(Received::describe)
                .collect(Collectors.joining(", "));
        return state + (before.isEmpty() ? "" : "; before that came " + before);
    }

    /** What has come and was not taken, for the message of a failed expectation. */
    String describeWaiting() {
        return waiting.isEmpty()
                ? ""
                : "; what came was not taken: "
                        + waiting.stream().map(Received::describe).collect(Collectors.joining(", "));
    }

    private static AssertionError interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new AssertionError("Interrupted while waiting", cause);
    }
}
