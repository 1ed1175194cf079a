package dev.ferrule.container.spi;

/** The container as a transport sees it: who answers requests. Called on the transport's thread of the connection. */
public interface ServerHandler {
    /**
     * A request that asks for an upgrade to WebSocket: a GET whose {@code Upgrade} field names {@code websocket}. The
     * handler answers exactly once, now or later, by {@link UpgradeExchange#accept} or {@link UpgradeExchange#refuse}. The
     * transport passes on no byte behind the head before that.
     */
    void onUpgrade(UpgradeExchange exchange);

    /** Any other request, of any method. The handler answers exactly once, now or later. A body is never delivered. */
    void onRequest(PlainExchange exchange);
}
