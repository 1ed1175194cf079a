package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.TransportConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A listener that remembers what it was told, and sends back what it received unless told to do something else. */
class Recorder implements ConnectionListener {
    final CompletableFuture<TransportConnection> opened = new CompletableFuture<>();
    final CompletableFuture<Void> eof = new CompletableFuture<>();
    final CompletableFuture<IOException> failure = new CompletableFuture<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Long> totals = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Deque<ByteBuffer> queue = new ArrayDeque<>();
    private final Predicate<ByteBuffer> onBytes;
    private TransportConnection connection;
    private long offered;
    private long accepted;

    Recorder() {
        this.onBytes = bytes -> {
            echo(bytes);
            return true;
        };
    }

    Recorder(Predicate<ByteBuffer> onBytes) {
        this.onBytes = onBytes;
    }

    TransportConnection connection() {
        return get(opened);
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Not told in time", e);
        }
    }

    synchronized byte[] received() {
        return received.toByteArray();
    }

    void awaitReceived(String text) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(new String(received(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(text));
    }

    /** Consumes bytes and remembers them. */
    synchronized byte[] take(ByteBuffer bytes) {
        byte[] taken = new byte[bytes.remaining()];
        bytes.get(taken);
        received.writeBytes(taken);
        return taken;
    }

    /** Consumes bytes and queues them as the next write, in a claimed buffer. On the writer. */
    void echo(ByteBuffer bytes) {
        byte[] taken = take(bytes);
        ByteBuffer claimed = connection.claim(taken.length);
        claimed.put(taken).flip();
        send(claimed);
    }

    /** Writes when the last write is complete. On the writer. */
    void send(ByteBuffer buffer) {
        queue.add(buffer);
        writeNext();
    }

    private void writeNext() {
        if (accepted == offered && !queue.isEmpty()) {
            ByteBuffer next = queue.remove();
            offered += next.remaining();
            connection.write(List.of(next));
        }
    }

    @Override
    public void onOpen(TransportConnection opening) {
        calls.add("onOpen");
        connection = opening;
        opened.complete(opening);
    }

    @Override
    public boolean onBytes(ByteBuffer bytes) {
        assertThat(bytes.isReadOnly()).isFalse();
        calls.add("onBytes");
        return onBytes.test(bytes);
    }

    @Override
    public void onWritten(long total) {
        totals.add(total);
        accepted = total;
        writeNext();
    }

    @Override
    public void onEof() {
        calls.add("onEof");
        eof.complete(null);
    }

    @Override
    public void onFailure(IOException cause) {
        calls.add("onFailure");
        failure.complete(cause);
    }
}
