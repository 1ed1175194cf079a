package dev.ferrule.container;

import dev.ferrule.container.client.ClientConnector;
import dev.ferrule.container.connect.AsyncContainer;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.CallbackGuard;
import dev.ferrule.container.spi.CoderProvider;
import dev.ferrule.container.spi.Transport;
import java.util.List;

/**
 * A WebSocket client of its own: settings, threads and transport that nobody else uses, and that end with it. What
 * {@code ContainerProvider.getWebSocketContainer()} gives is one too, but shares threads and transport with others of its kind.
 *
 * <pre>{@code
 * try (FerruleClient client = FerruleClient.create()) {
 *     client.connectAsync(Listener.class, URI.create("wss://example.org/news"))
 *             .thenAccept(session -> ...);
 * }
 * }</pre>
 *
 * <p>Threading: any thread. Every thread that it starts is a daemon.
 */
public interface FerruleClient extends AsyncContainer, AutoCloseable {
    /** A client with the settings of the system. */
    static FerruleClient create() {
        return builder().build();
    }

    /** A builder with the settings of the system. */
    static Builder builder() {
        return new Builder();
    }

    /**
     * Ends what the client has begun: attempts fail, nothing reconnects any more, sessions are closed with 1001. Waits for
     * their ends, at most the close timeout, then cuts what is left and ends the threads. Idempotent. A callback of the client
     * that calls this waits for itself, too: until the close timeout has passed.
     */
    @Override
    void close();

    /** What a client is made of. Not for concurrent use. */
    final class Builder extends ContainerBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * The client. Nothing is started before it connects.
         *
         * @throws dev.ferrule.container.settings.SettingsException when settings are wrong; the message lists all of them
         * @throws IllegalStateException when there is no transport, or there are several
         */
        public FerruleClient build() {
            ClassLoader loader = loader();
            Settings read = readSettings();
            Transport chosen = chooseTransport(read, loader);
            ContainerServices services = new ContainerServices(
                    read,
                    new ContainerServices.Hooks(
                            instances,
                            scope,
                            List.of(),
                            CallbackGuard.NONE,
                            events,
                            coderProviders(loader),
                            CoderProvider.Beans.NONE));
            services.runCallbacksOn(chosen);
            InstalledExtensions extensions = new InstalledExtensions(frameExtensions, loader);
            ClientConnector connector =
                    new ClientConnector(services, extensions.under(read), ClientConnector.TransportLease.of(chosen));
            return new FerruleClientContainer(services, connector, () -> {
                chosen.close();
                services.close();
                extensions.close();
            });
        }
    }
}
