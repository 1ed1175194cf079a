package dev.ferrule.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.lang.System.Logger.Level;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Polls with edges: epoll reports a connection when something new has come, and not again until the next thing comes. Netty asks
 * for levels, for which the kernel looks at every connection that it has reported a second time, when nearly all of them have
 * nothing left: that costs most where connections are too many for the processor's cache.
 *
 * <p>What Netty may leave to the next report is seen to here: a connection that was not read to the end, so that others have
 * their turn, asks anew, which reports what is there; and one whose handling fails is closed alone, since the others of the same
 * poll would not be reported again. Listening sockets stay as they are. Threading: that of {@link IoHandler}.
 */
final class EdgeTriggered implements IoHandler {
    private final IoHandler epoll;

    private EdgeTriggered(IoHandler epoll) {
        this.epoll = epoll;
    }

    /** A factory of handlers over those of a factory for epoll. */
    static IoHandlerFactory over(IoHandlerFactory epoll) {
        return executor -> new EdgeTriggered(epoll.newHandler(executor));
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
        Registered registered = new Registered((EpollIoHandle) handle);
        registered.registration = epoll.register(registered);
        return registered;
    }

    /** A channel as epoll sees it, and epoll as the channel sees it. */
    private static final class Registered implements EpollIoHandle, IoRegistration {
        private final EpollIoHandle handle;
        private @Nullable IoRegistration registration;
        private EpollIoOps submitted = EpollIoOps.NONE;

        Registered(EpollIoHandle handle) {
            this.handle = handle;
        }

        @Override
        public void handle(IoRegistration ours, IoEvent event) {
            try {
                handle.handle(this, event);
                if (mayHoldMore()) {
                    registration().submit(submitted);
                }
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }

        /** Whether the last read was as long as it could be. */
        private boolean mayHoldMore() {
            var reads = channel().recvBufAllocHandle();
            return reads.lastBytesRead() > 0 && reads.lastBytesRead() == reads.attemptedBytesRead();
        }

        private void failed(Throwable thrown) {
            Channels.log(Level.ERROR, "What came on a socket could not be handled", thrown);
            if (isConnection()) {
                close();
            }
        }

        @Override
        public long submit(IoOps asked) {
            EpollIoOps ops = (EpollIoOps) asked;
            boolean first = submitted.equals(EpollIoOps.NONE);
            // No listening socket asks for the end of a peer's output, and every connection does when it begins.
            boolean edges = isConnection() || ops.contains(EpollIoOps.EPOLLRDHUP);
            submitted = edges ? ops.with(EpollIoOps.EPOLLET) : ops;
            if (first && ops.equals(EpollIoOps.EPOLLRDHUP)) {
                return 0; // it is about to ask for more, and one call of the system does for both
            }
            return registration().submit(submitted);
        }

        private boolean isConnection() {
            return submitted.contains(EpollIoOps.EPOLLET);
        }

        private Channel.Unsafe channel() {
            return (Channel.Unsafe) handle;
        }

        private IoRegistration registration() {
            return Objects.requireNonNull(registration);
        }

        @Override
        public void close() {
            channel().close(channel().voidPromise());
        }

        @Override
        public FileDescriptor fd() {
            return handle.fd();
        }

        @Override
        public void registered() {
            handle.registered();
        }

        @Override
        public void unregistered() {
            handle.unregistered();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
        public <T> T attachment() {
            return registration().attachment();
        }

        @Override
        public boolean isValid() {
            return registration().isValid();
        }

        @Override
        public boolean cancel() {
            return registration().cancel();
        }
    }
}
