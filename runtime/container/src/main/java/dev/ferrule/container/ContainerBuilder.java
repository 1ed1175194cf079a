package dev.ferrule.container;

import dev.ferrule.container.settings.Setting;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.settings.SettingsSource;
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
 * What servers and clients are both made of: their settings, and what surrounds their endpoints. Not for concurrent use.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ContainerBuilder<B extends ContainerBuilder<B>>
        permits FerruleServer.Builder, FerruleClient.Builder {
    final List<FrameExtension> frameExtensions = new ArrayList<>();
    EndpointInstances instances = new ReflectiveInstances();
    CallbackScope scope = CallbackScope.NONE;
    EventSink events = EventSink.NONE;
    private final Map<String, String> values = new HashMap<>();
    private final List<CoderProvider> coderProviders = new ArrayList<>();
    private SettingsSource settings = SettingsSource.ofSystem();
    private @Nullable Transport transport;
    private @Nullable ClassLoader classLoader;

    ContainerBuilder() {}

    abstract B self();

    /**
     * Sets a value, which wins over every source of settings. It is checked at the end.
     *
     * @param value a value of the setting's type, or as a text such as {@code "10s"}
     */
    public final B set(Setting<?> setting, Object value) {
        return set(setting.key(), Setting.text(value));
    }

    /** As {@link #set(Setting, Object)}, by the setting's key; other keys are for the paths of endpoints that name them. */
    public final B set(String key, String value) {
        values.put(key, value);
        return self();
    }

    /** Where values come from that are not set here; the system's properties and environment by default. */
    public final B settings(SettingsSource source) {
        settings = source;
        return self();
    }

    /** Where application objects come from; reflection by default. */
    public final B instances(EndpointInstances source) {
        instances = source;
        return self();
    }

    /** What surrounds callbacks; nothing by default. */
    public final B scope(CallbackScope surroundings) {
        scope = surroundings;
        return self();
    }

    /** Who is told of connections; nobody by default. */
    public final B events(EventSink sink) {
        events = sink;
        return self();
    }

    /** A coder provider that is asked before those that the service loader finds. */
    public final B coders(CoderProvider provider) {
        coderProviders.add(provider);
        return self();
    }

    /**
     * An extension of the protocol (RFC 6455 §9): connections of a server may negotiate it, and those of a client whose
     * configuration lists its name. It is preferred to those that the service loader finds, and to permessage-deflate.
     */
    public final B extension(FrameExtension extension) {
        frameExtensions.add(extension);
        return self();
    }

    /** The transport, which ends with what is built; found by the service loader by default. */
    public final B transport(Transport own) {
        transport = own;
        return self();
    }

    /** The application's class loader, where services are looked up; the thread's by default. */
    public final B classLoader(ClassLoader loader) {
        classLoader = loader;
        return self();
    }

    final Settings readSettings() {
        return Settings.read(values.keySet(), SettingsSource.of(values), settings);
    }

    final Transport chooseTransport(Settings read, ClassLoader loader) {
        return transport == null ? Transports.choose(read, loader) : transport;
    }

    final List<CoderProvider> coderProviders(ClassLoader loader) {
        return andServices(coderProviders, CoderProvider.class, loader);
    }

    final ClassLoader loader() {
        ClassLoader loader = classLoader == null ? Thread.currentThread().getContextClassLoader() : classLoader;
        return loader == null ? Objects.requireNonNull(ContainerBuilder.class.getClassLoader()) : loader;
    }

    static <S> List<S> andServices(List<S> own, Class<S> type, ClassLoader loader) {
        List<S> all = new ArrayList<>(own);
        ServiceLoader.load(type, loader).forEach(all::add);
        return List.copyOf(all);
    }
}
