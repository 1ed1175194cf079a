package dev.ferrule.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Polls with edges: epoll reports a connection when something new has come, and not again until the next thing comes. Netty asks
 * for levels, for which the kernel looks at every connection that it has reported a second time, when nearly all of them have
 * nothing left: that costs most where connections are too many for the processor's cache.
 *
 * <p>What Netty may leave to the next report is seen to here: a connection that was not read to the end, so that others have
 * their turn, asks anew, which reports what is there; and one whose handling fails is closed alone, since the others of the same
 * poll would not be reported again. What has come is read past Netty where that can be ({@link Straight}); listening sockets are
 * reported as long as somebody waits ({@link Listening}). Threading: that of {@link IoHandler}.
 */
final class EdgeTriggered implements IoHandler {
    /** What nearly all connections ask for: one for all, since each call of {@code with} makes another. */
    private static final EpollIoOps USUAL =
            EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLET);

    private final IoHandler epoll;
    private final Executor loop;

    private EdgeTriggered(IoHandler epoll, Executor loop) {
        this.epoll = epoll;
        this.loop = loop;
    }

    /** A factory of handlers over those of a factory for epoll. */
    static IoHandlerFactory over(IoHandlerFactory epoll) {
        return loop -> new EdgeTriggered(epoll.newHandler(loop), loop);
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        EpollIoHandle seen = (EpollIoHandle) handle;
        Registered registered = seen instanceof Channel.Unsafe channel
                        && channel.voidPromise().channel() instanceof ServerChannel listening
                ? new Listening(seen, listening, loop)
                : new Connection(seen);
        return registered.with(epoll);
    }

    private static final class Connection extends Registered {
        private EpollIoOps submitted = EpollIoOps.NONE;

        /** The stages that read this past Netty; null until no other handler stands between, and always with TLS. */
        private Stage.@Nullable Handler stages;

        Connection(EpollIoHandle handle) {
            super(handle);
        }

        @Override
        public void handle(IoRegistration ours, IoEvent event) {
            try {
                if (read((EpollIoEvent) event)) {
                    super.submit(submitted);
                }
            } catch (Throwable thrown) {
                Channels.log(Level.ERROR, "What came on a socket could not be handled", thrown);
                channel().close(channel().voidPromise());
            }
        }

        /** Handles what is reported; whether the socket may hold more. */
        private boolean read(EpollIoEvent event) {
            if (event.ops().equals(EpollIoOps.EPOLLIN)) {
                Stage.Handler straight = stages();
                ScratchReads wanted = straight == null ? null : straight.wanted();
                if (straight != null && wanted != null) {
                    return straight.read(wanted);
                }
            }
            handle().handle(this, event);
            return event.ops().contains(EpollIoOps.EPOLLIN) && mayHoldMore();
        }

        private Stage.@Nullable Handler stages() {
            if (stages == null) {
                stages = Stage.Handler.soleOf(channel().voidPromise().channel());
            }
            return stages;
        }

        /** The handle for reads that the loop shares keeps the last channel that Netty read, and by that this: but no session. */
        @Override
        public void unregistered() {
            stages = null;
            super.unregistered();
        }

        /** Whether Netty's last read was as long as it could be. */
        private boolean mayHoldMore() {
            var reads = channel().recvBufAllocHandle();
            return reads.lastBytesRead() > 0 && reads.lastBytesRead() == reads.attemptedBytesRead();
        }

        @Override
        public long submit(IoOps asked) {
            EpollIoOps ops = (EpollIoOps) asked;
            boolean first = submitted.equals(EpollIoOps.NONE);
            EpollIoOps edges = ops.with(EpollIoOps.EPOLLET);
            submitted = edges.equals(USUAL) ? USUAL : edges;
            if (first && ops.equals(EpollIoOps.EPOLLRDHUP)) {
                return 0; // it is about to ask for more, and one call of the system does for both
            }
            return super.submit(submitted);
        }

        private Channel.Unsafe channel() {
            return (Channel.Unsafe) handle();
        }
    }
}
