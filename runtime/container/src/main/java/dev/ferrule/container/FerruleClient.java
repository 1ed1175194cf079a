package dev.ferrule.container;

import dev.ferrule.container.client.ClientConnector;
import dev.ferrule.container.connect.AsyncContainer;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.settings.Setting;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.settings.SettingsSource;
import dev.ferrule.container.spi.CallbackGuard;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.CoderProvider;
import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.EventSink;
import dev.ferrule.container.spi.Transport;
import dev.ferrule.engine.extension.FrameExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

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
     * their ends, at most the close timeout, then cuts what is left and ends the threads. Idempotent.
     */
    @Override
    void close();

    /** What a client is made of. Not for concurrent use. */
    final class Builder {
        private final Map<String, String> values = new HashMap<>();
        private final List<CoderProvider> coderProviders = new ArrayList<>();
        private final List<FrameExtension> frameExtensions = new ArrayList<>();
        private SettingsSource settings = SettingsSource.ofSystem();
        private EndpointInstances instances = new ReflectiveInstances();
        private CallbackScope scope = CallbackScope.NONE;
        private EventSink events = EventSink.NONE;
        private @Nullable Transport transport;
        private @Nullable ClassLoader classLoader;

        private Builder() {}

        /** Sets a value, which wins over every source of settings. It is checked by {@link #build}. */
        public Builder set(Setting<?> setting, Object value) {
            return set(setting.key(), String.valueOf(value));
        }

        /** As {@link #set(Setting, Object)}, by the setting's key. */
        public Builder set(String key, String value) {
            values.put(key, value);
            return this;
        }

        /** Where values come from that are not set here; the system's properties and environment by default. */
        public Builder settings(SettingsSource source) {
            settings = source;
            return this;
        }

        /** Where application objects come from; reflection by default. */
        public Builder instances(EndpointInstances source) {
            instances = source;
            return this;
        }

        /** What surrounds callbacks; nothing by default. */
        public Builder scope(CallbackScope surroundings) {
            scope = surroundings;
            return this;
        }

        /** Who is told of connections; nobody by default. */
        public Builder events(EventSink sink) {
            events = sink;
            return this;
        }

        /** A coder provider that is asked before those that the service loader finds. */
        public Builder coders(CoderProvider provider) {
            coderProviders.add(provider);
            return this;
        }

        /**
         * An extension of the protocol (RFC 6455 §9) for connections whose configuration lists its name; preferred to those
         * that the service loader finds, and to permessage-deflate.
         */
        public Builder extension(FrameExtension extension) {
            frameExtensions.add(extension);
            return this;
        }

        /** The transport, which the client closes; found by the service loader by default. */
        public Builder transport(Transport own) {
            transport = own;
            return this;
        }

        /** Where services are looked up; the thread's class loader by default. */
        public Builder classLoader(ClassLoader loader) {
            classLoader = loader;
            return this;
        }

        /**
         * The client. Nothing is started before it connects.
         *
         * @throws dev.ferrule.container.settings.SettingsException when settings are wrong; the message lists all of them
         * @throws IllegalStateException when there is no transport, or there are several
         */
        public FerruleClient build() {
            ClassLoader loader = classLoader == null ? contextLoader() : classLoader;
            Settings read = Settings.read(SettingsSource.of(values), settings);
            List<CoderProvider> providers = new ArrayList<>(coderProviders);
            ServiceLoader.load(CoderProvider.class, loader).forEach(providers::add);
            Transport chosen = transport == null ? Transports.choose(read, loader) : transport;
            ContainerServices services = new ContainerServices(
                    read,
                    new ContainerServices.Hooks(
                            instances,
                            scope,
                            List.of(),
                            CallbackGuard.NONE,
                            events,
                            List.copyOf(providers),
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

        private static ClassLoader contextLoader() {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return loader == null ? Objects.requireNonNull(FerruleClient.class.getClassLoader()) : loader;
        }
    }
}
