package dev.ferrule.container;

import dev.ferrule.container.client.ClientConnector;
import dev.ferrule.container.client.SharedTransport;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.settings.SettingsSource;
import dev.ferrule.container.spi.CoderProvider;
import dev.ferrule.container.spi.Transport;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * What {@code ContainerProvider.getWebSocketContainer()} finds: a new, cheap container at each call, without dependency
 * injection. All of them share one transport, which ends by itself when no connection is left. Each is a
 * {@link FerruleClient}: who closes it ends its own connections at once.
 */
public final class ClientContainerProvider extends ContainerProvider {
    /** For the service loader. */
    public ClientContainerProvider() {}

    @Override
    protected WebSocketContainer getContainer() {
        return new FerruleClientContainer(Shared.SERVICES, Shared.CONNECTOR, () -> {});
    }

    /** Made with the first container. */
    private static final class Shared {
        static final ContainerServices SERVICES;
        static final ClientConnector CONNECTOR;

        static {
            ClassLoader loader = Objects.requireNonNull(ClientContainerProvider.class.getClassLoader());
            Settings settings = Settings.read(SettingsSource.ofSystem());
            List<CoderProvider> coders = ServiceLoader.load(CoderProvider.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
            SERVICES =
                    new ContainerServices(settings, ContainerServices.Hooks.plain(new ReflectiveInstances(), coders));
            CONNECTOR = new ClientConnector(
                    SERVICES,
                    new InstalledExtensions(List.of(), loader).under(settings),
                    new SharedTransport(() -> transport(settings, loader)));
        }

        private static Transport transport(Settings settings, ClassLoader loader) {
            Transport transport = Transports.choose(settings, loader);
            SERVICES.runCallbacksOn(transport);
            return transport;
        }
    }
}
