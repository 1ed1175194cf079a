import dev.ferrule.container.ClientContainerProvider;
import dev.ferrule.container.server.PlatformConfigurator;

/** The Jakarta WebSocket API on the engine; no transport, no CDI. */
module dev.ferrule.container {
    requires static transitive org.jspecify;
    requires transitive dev.ferrule.engine;
    requires transitive jakarta.websocket;

    exports dev.ferrule.container;
    exports dev.ferrule.container.connect;
    exports dev.ferrule.container.memory;
    exports dev.ferrule.container.settings;
    exports dev.ferrule.container.spi;

    uses dev.ferrule.container.spi.CoderProvider;
    uses dev.ferrule.container.spi.HttpFallback;
    uses dev.ferrule.container.spi.Transport;
    uses dev.ferrule.engine.extension.FrameExtension;

    provides jakarta.websocket.ContainerProvider with
            ClientContainerProvider;
    provides jakarta.websocket.server.ServerEndpointConfig.Configurator with
            PlatformConfigurator;
}
