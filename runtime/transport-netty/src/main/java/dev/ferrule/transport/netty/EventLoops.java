package dev.ferrule.transport.netty;

import dev.ferrule.transport.netty.loop.RoleLoops;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The event loops of one transport: native epoll where the system has it, NIO otherwise. Their threads are daemons. */
final class EventLoops {
    /** Loops never run code that blocks, so that more of them than processors would only take turns. */
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    /**
     * So many channels are read before their callbacks run and their answers are written: with all that are ready, those who
     * are answered at the end of one turn would miss the next one, and wait for two.
     */
    private static final int CHANNELS_AT_A_TIME = 64;

    /** A loop ends within milliseconds; one that does not is stuck in a listener, and its thread is a daemon. */
    private static final long CLOSE_SECONDS = 5;

    private final boolean epoll = Epoll.isAvailable();
    private final AtomicInteger threads = new AtomicInteger();
    private final MultiThreadIoEventLoopGroup group;

    /** A group that is shut down may end its loops without closing what is open on them: we know and do it ourselves. */
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    /** Netty's own keeps caches only for threads that belong to one loop, which those of roles do not. */
    private final ByteBufAllocator allocator;

    private final Map<EventExecutor, OfLoop> ofLoops = new HashMap<>();

    private final ChannelFutureListener forget = closed -> open.remove(closed.channel());

    private volatile boolean closing;

    /** @param handOff runs callbacks that the loops do not run themselves; null when they shall run none */
    EventLoops(@Nullable Executor handOff, int mostDetached) {
        IoHandlerFactory polls = epoll
                ? EdgeTriggered.over(
                        EpollIoHandler.newFactory(CHANNELS_AT_A_TIME, DefaultSelectStrategyFactory.INSTANCE))
                : NioIoHandler.newFactory();
        group = handOff == null
                ? new MultiThreadIoEventLoopGroup(LOOPS, this::newThread, polls)
                : new RoleLoops(LOOPS, mostDetached, handOff, polls);
        allocator = handOff == null ? ByteBufAllocator.DEFAULT : new AdaptiveByteBufAllocator(true, true);
        group.forEach(loop -> ofLoops.put(loop, OfLoop.make(this, loop)));
        Channels.log(Level.DEBUG, LOOPS + " event loops on " + (epoll ? "native epoll" : "NIO"), null);
    }

    private Thread newThread(Runnable loop) {
        return new LoopThread(this, loop, "ferrule-netty-" + threads.incrementAndGet());
    }

    /** What the channels of one loop share. */
    record OfLoop(
            EventLoops loops,
            EventExecutor loop,
            Scratch incoming,
            Scratch outgoing,
            ScratchReads reads,
            Deadlines deadlines) {
        static OfLoop make(EventLoops loops, EventExecutor loop) {
            Scratch incoming = new Scratch();
            ScratchReads reads = new ScratchReads(incoming, loops.allocator);
            return new OfLoop(loops, loop, incoming, new Scratch(), reads, new Deadlines(loop));
        }
    }

    /** What a channel shares with the others of its loop. */
    OfLoop of(Channel channel) {
        return of(channel.eventLoop());
    }

    /** What the channels of a loop of these share. */
    OfLoop of(EventLoop loop) {
        return Objects.requireNonNull(ofLoops.get(loop));
    }

    /** Runs a callback that may block: on the loop of the current thread, when its poll is over, or by the fallback. */
    void runCallback(Runnable callback, Executor fallback) {
        if (group instanceof RoleLoops roles) {
            roles.runCallback(callback);
        } else {
            fallback.execute(callback);
        }
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    EventLoop next() {
        return group.next();
    }

    ChannelFactory<? extends ServerChannel> serverChannels() {
        return epoll ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
    }

    ChannelFactory<? extends SocketChannel> clientChannels() {
        return epoll ? EpollSocketChannel::new : NioSocketChannel::new;
    }

    /** Where the channels on these loops take their buffers. */
    ByteBufAllocator allocator() {
        return allocator;
    }

    /** Takes a channel that has just been registered with one of these loops, to be cut when they close. On its loop. */
    void keep(Channel channel) {
        open.add(channel);
        channel.closeFuture().addListener(forget);
        if (closing) {
            Channels.cut(channel);
        }
    }

    /** Whether the current thread runs one of these loops. */
    boolean isCurrentThread() {
        return group instanceof RoleLoops roles
                ? roles.isCurrentThread()
                : Thread.currentThread() instanceof LoopThread thread && thread.owner == this;
    }

    /** Closes every channel and ends the threads; waits for them unless called on one of them. */
    @SuppressWarnings("FutureReturnValueIgnored") // awaited by another name
    void close() {
        closing = true;
        open.forEach(channel -> Channels.onLoop(channel.eventLoop(), () -> Channels.cut(channel)));
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        if (!isCurrentThread() && !group.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            Channels.log(Level.WARNING, "An event loop did not end in time: something on it blocks", null);
        }
        if (group instanceof RoleLoops roles) {
            roles.endThreads();
        }
    }

    private static final class LoopThread extends FastThreadLocalThread {
        private final EventLoops owner;

        LoopThread(EventLoops owner, Runnable loop, String name) {
            super(loop, name);
            this.owner = owner;
            setDaemon(true);
            // Loops start when first used, on any thread: they must not keep that thread's class loader alive.
            setContextClassLoader(EventLoops.class.getClassLoader());
        }
    }
}
