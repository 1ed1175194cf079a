package dev.ferrule.transport.netty;

import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.unix.FileDescriptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A channel as epoll sees it, and epoll as the channel sees it. Confined to the channel's loop. */
abstract class Registered implements EpollIoHandle, IoRegistration {
    private final EpollIoHandle handle;
    private @Nullable IoRegistration registration;

    Registered(EpollIoHandle handle) {
        this.handle = handle;
    }

    /** Registers the channel, by this. */
    final Registered with(IoHandler epoll) throws Exception {
        registration = epoll.register(this);
        return this;
    }

    /** What Netty has for the channel. */
    final EpollIoHandle handle() {
        return handle;
    }

    private IoRegistration registration() {
        return Objects.requireNonNull(registration);
    }

    @Override
    public final void close() throws Exception {
        handle.close();
    }

    @Override
    public final FileDescriptor fd() {
        return handle.fd();
    }

    @Override
    public final void registered() {
        handle.registered();
    }

    @Override
    public void unregistered() {
        handle.unregistered();
    }

    @Override
    public long submit(IoOps ops) {
        return registration().submit(ops);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
    public final <T> T attachment() {
        return registration().attachment();
    }

    @Override
    public final boolean isValid() {
        return registration().isValid();
    }

    @Override
    public final boolean cancel() {
        return registration().cancel();
    }
}
