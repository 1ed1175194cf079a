/** RFC 6455 and RFC 7692 as a value: bytes in, events out; no thread, clock, logging or I/O. */
module dev.ferrule.engine {
    requires static transitive org.jspecify;

    exports dev.ferrule.engine;
    exports dev.ferrule.engine.api;
    exports dev.ferrule.engine.close;
    exports dev.ferrule.engine.extension;
    exports dev.ferrule.engine.frame;
    exports dev.ferrule.engine.handshake;
}
