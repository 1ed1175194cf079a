/** The embedded transport: TCP, TLS and the HTTP/1.1 upgrade on Netty; static resources as a fallback for plain HTTP. */
module dev.ferrule.transport.netty {
    requires static transitive org.jspecify;
    requires transitive dev.ferrule.container;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;

    exports dev.ferrule.transport.netty;
    exports dev.ferrule.transport.netty.http;

    provides dev.ferrule.container.spi.Transport with
            dev.ferrule.transport.netty.NettyTransport;
    provides dev.ferrule.container.spi.HttpFallback with
            dev.ferrule.transport.netty.http.StaticResources;
}
