package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that reads four bytes of a connection before others have their turn. */
@Timeout(30)
class EdgeTriggeredTest {
    private final EpollIoOps asksToRead = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP);
    private final StringBuffer received = new StringBuffer();
    private volatile RecvByteBufAllocator reads = new FixedRecvByteBufAllocator(4).maxMessagesPerRead(1);
    private final ScratchReads straight = new ScratchReads(new Scratch(), UnpooledByteBufAllocator.DEFAULT);
    private volatile Consumer<Channel> handling =
            connection -> connection.pipeline().addLast(new Receiving());
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Socket> peers = new ArrayList<>();
    private MultiThreadIoEventLoopGroup group;
    private Channel listening;

    @BeforeAll
    static void onlyWhereThereIsEpoll() {
        assumeTrue(Epoll.isAvailable());
    }

    @BeforeEach
    void listen() {
        group = new MultiThreadIoEventLoopGroup(1, EdgeTriggered.over(EpollIoHandler.newFactory()));
        listening = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.config().setRecvByteBufAllocator(reads);
                        handling.accept(connection);
                        open.add(connection);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        open.add(listening);
    }

    @AfterEach
    void end() throws IOException {
        for (Socket peer : peers) {
            peer.close();
        }
        open.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Receiving extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            ByteBuf bytes = (ByteBuf) read;
            received.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
    }

    /** Fails the first time that something came, where Netty expects no failure. */
    private static final class Failing extends FixedRecvByteBufAllocator {
        Failing() {
            super(4);
        }

        @Override
        public Handle newHandle() {
            return new MaxMessageHandle() {
                private boolean failed;

                @Override
                public void reset(ChannelConfig config) {
                    super.reset(config);
                    if (!failed) {
                        failed = true;
                        throw new IllegalStateException("a failure for the test");
                    }
                }

                @Override
                public int guess() {
                    return 4;
                }
            };
        }
    }

    /** A stage that is read past Netty, if it says where. */
    private static final class Probe extends Stage {
        private final @Nullable ScratchReads reads;
        private final BiConsumer<Stage, ByteBuf> reading;
        private final Consumer<Throwable> failing;

        Probe(@Nullable ScratchReads reads, BiConsumer<Stage, ByteBuf> reading, Consumer<Throwable> failing) {
            this.reads = reads;
            this.reading = reading;
            this.failing = failing;
        }

        @Override
        @Nullable
        ScratchReads wanted() {
            return reads;
        }

        @Override
        void onRead(ByteBuf read) {
            try {
                reading.accept(this, read);
            } finally {
                read.release();
            }
        }

        @Override
        void onEvent(Object event) {}

        @Override
        void onFailure(Throwable cause) {
            failing.accept(cause);
        }
    }

    private Socket connect() throws IOException {
        Socket peer = new Socket(address().getAddress(), address().getPort());
        peer.setSoTimeout(10_000);
        peers.add(peer);
        await().until(() -> open.size() > peers.size());
        return peer;
    }

    private InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    private static void send(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void whatIsLeftOfAConnectionAfterItsTurnIsReadInTheNextTurns() throws IOException {
        send(connect(), "all that comes at once");
        await().untilAsserted(() -> assertThat(received).hasToString("all that comes at once"));
    }

    @Test
    void whatIsLeftWhenAStageBeginsThatLeavesReadingToNettyIsReadToo() throws Exception {
        AtomicInteger before = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        handling = connection -> {
            Stage next = new Probe(null, (stage, read) -> after.addAndGet(read.readableBytes()), failure -> {});
            BiConsumer<Stage, ByteBuf> reading = (stage, read) -> {
                before.addAndGet(read.readableBytes());
                stage.become(next, connection);
            };
            new Probe(straight, reading, failure -> {}).beginAt(connection);
        };
        Socket peer = connect();
        group.next()
                .submit(straight::allocate)
                .sync(); // so that a read is so short that the system surely has it all at once
        CountDownLatch polling = holdTheLoop();
        peer.getOutputStream().write(new byte[ScratchReads.POOLED_BYTES + 10]);
        polling.countDown();
        await().untilAsserted(() -> assertThat(after).hasValue(10));
        assertThat(before).as("in one read past Netty").hasValue(ScratchReads.POOLED_BYTES);
    }

    @Test
    void aStageLearnsWhatItsReadingThrew() throws Exception {
        reads = new Failing(); // Netty does not read here
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        BiConsumer<Stage, ByteBuf> reading = (stage, read) -> {
            throw new IllegalStateException("thrown by the stage");
        };
        handling = connection -> new Probe(straight, reading, failure::complete).beginAt(connection);
        send(connect(), "x");
        assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessage("thrown by the stage");
    }

    @Test
    void aReadThatFailsIsToldAndGivesItsMemoryBack() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch reset = new CountDownLatch(1);
        handling = connection -> new Probe(
                        straight,
                        (stage, read) -> {
                            reading.countDown();
                            waitFor(reset);
                        },
                        failure::complete)
                .beginAt(connection);
        Socket peer = connect();
        CountDownLatch polling = holdTheLoop();
        peer.getOutputStream().write(new byte[Scratch.BYTES]);
        polling.countDown();
        reading.await();
        peer.setSoLinger(true, 0);
        peer.close();
        reset.countDown();
        assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertThat(group.next().submit(() -> straight.allocate().capacity()).get())
                .as("the room of the whole memory")
                .isEqualTo(Scratch.BYTES);
    }

    @Test
    void aReadWhileTheMemoryIsInUseTakesOtherMemory() throws Exception {
        CompletableFuture<Integer> bytes = new CompletableFuture<>();
        BiConsumer<Stage, ByteBuf> reading = (stage, read) -> bytes.complete(read.readableBytes());
        handling = connection -> new Probe(straight, reading, failure -> {}).beginAt(connection);
        Socket peer = connect();
        group.next().submit(straight::allocate).sync();
        send(peer, "four");
        assertThat(bytes.get(10, TimeUnit.SECONDS)).isEqualTo(4);
    }

    @Test
    void aConnectionIsReportedAgainWhenMoreComes() throws IOException {
        Socket peer = connect();
        send(peer, "one");
        await().untilAsserted(() -> assertThat(received).hasToString("one"));
        send(peer, "two");
        await().untilAsserted(() -> assertThat(received).hasToString("onetwo"));
    }

    @Test
    void aConnectionWhoseHandlingFailsIsClosedAndTheOthersOfTheSamePollAreServed() throws Exception {
        RecvByteBufAllocator sound = reads;
        reads = new Failing();
        Socket failing = connect();
        reads = sound;
        Socket other = connect();
        CountDownLatch polling = holdTheLoop();
        send(failing, "x");
        send(other, "y");
        polling.countDown();
        assertThatThrownBy(() -> failing.getInputStream().read())
                .as("cut, with what was not read")
                .isInstanceOf(SocketException.class);
        await().untilAsserted(() -> assertThat(received).hasToString("y"));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps the loop from polling, from now on until what is returned is counted down. */
    private CountDownLatch holdTheLoop() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        group.next().execute(() -> {
            held.countDown();
            waitFor(released);
        });
        held.await();
        return released;
    }

    @Test
    void whoeverWaitsBesidesThoseThatAreAcceptedAtATimeIsAcceptedNext() throws Exception {
        CountDownLatch polling = holdTheLoop();
        for (int i = 0; i < 40; i++) {
            peers.add(new Socket(address().getAddress(), address().getPort()));
        }
        polling.countDown();
        await().until(() -> open.size() == 1 + 40);
    }

    @Test
    void whoeverIsGoneBeforeItIsAcceptedIsNotTaken() throws Exception {
        CountDownLatch polling = holdTheLoop();
        Socket gone = new Socket(address().getAddress(), address().getPort());
        gone.setSoLinger(true, 0); // a reset, and no orderly end
        gone.close();
        polling.countDown();
        send(connect(), "here");
        await().untilAsserted(() -> assertThat(received).hasToString("here"));
        assertThat(open.size()).as("the listening socket and one connection").isEqualTo(2);
    }

    @Test
    void aListeningSocketThatPausesAcceptsNobodyUntilItGoesOn() throws Exception {
        CountDownLatch polling = holdTheLoop();
        peers.add(new Socket(address().getAddress(), address().getPort()));
        listening.config().setAutoRead(false);
        polling.countDown();
        group.next().submit(() -> {}).sync();
        group.next().submit(() -> {}).sync();
        assertThat(open.size()).as("the listening socket").isEqualTo(1);
        listening.config().setAutoRead(true);
        await().until(() -> open.size() == 2);
    }

    @Test
    void aListeningSocketIsReportedAsLongAsSomebodyWaitsToBeAccepted() throws Exception {
        Recording epoll = new Recording();
        Channel socket = new EpollServerSocketChannel();
        try {
            registeredWith(epoll, (IoHandle) socket.unsafe()).submit(EpollIoOps.EPOLLIN);
        } finally {
            socket.unsafe().closeForcibly();
        }
        assertThat(epoll.submitted).containsExactly(EpollIoOps.EPOLLIN);
    }

    @Test
    void aConnectionIsReportedOnlyWhenSomethingNewComes() throws Exception {
        Recording epoll = new Recording();
        connectionWith(epoll);
        assertThat(epoll.submitted).endsWith(asksToRead.with(EpollIoOps.EPOLLET));
    }

    @Test
    void whatAConnectionAsksForAtFirstIsOneCallOfTheSystem() throws Exception {
        Recording epoll = new Recording();
        connectionWith(epoll);
        assertThat(epoll.submitted).hasSize(1);
    }

    @Test
    void aConnectionThatStopsReadingStillLearnsOfItsEnd() throws Exception {
        Recording epoll = new Recording();
        connectionWith(epoll).submit(EpollIoOps.EPOLLRDHUP);
        assertThat(epoll.submitted).endsWith(EpollIoOps.EPOLLRDHUP.with(EpollIoOps.EPOLLET));
    }

    /** A connection that has begun: Netty first asks for the end of the peer's output, and then for its bytes too. */
    private IoRegistration connectionWith(IoHandler epoll) throws Exception {
        IoRegistration connection = registeredWith(epoll, new Socketless());
        connection.submit(EpollIoOps.EPOLLRDHUP);
        connection.submit(asksToRead);
        return connection;
    }

    private IoRegistration registeredWith(IoHandler epoll, IoHandle handle) throws Exception {
        return EdgeTriggered.over(loop -> epoll).newHandler(group.next()).register(handle);
    }

    /** Takes registrations and reports nothing. */
    private static final class Recording implements IoHandler, IoRegistration {
        final List<IoOps> submitted = new ArrayList<>();

        @Override
        public IoRegistration register(IoHandle handle) {
            return this;
        }

        @Override
        public long submit(IoOps ops) {
            submitted.add(ops);
            return 0;
        }

        @Override
        public int run(IoHandlerContext context) {
            return 0;
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return true;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
        public <T> T attachment() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public boolean cancel() {
            return false;
        }
    }

    private static final class Socketless implements EpollIoHandle {
        @Override
        public FileDescriptor fd() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {}

        @Override
        public void close() {}
    }
}
