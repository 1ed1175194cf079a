/** The Jakarta WebSocket API on the engine; no transport, no CDI. */
module dev.ferrule.container {
    requires static org.jspecify;
    requires transitive dev.ferrule.engine;
    requires transitive jakarta.websocket;

    exports dev.ferrule.container.spi;
}
