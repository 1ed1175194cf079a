package dev.ferrule.arquillian;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that a WAR asks for. If it holds implementations of {@link ServerApplicationConfig}, what they return is
 * deployed and nothing else; each is given only what the scan of its own jar or directory found (WSC-6.2-4, WSC-6.2-5).
 * Otherwise all annotated endpoints are deployed and no programmatic ones (WSC-6.2-3).
 *
 * @param annotated the annotated classes
 * @param configs the programmatic endpoints
 */
record WarEndpoints(Set<Class<?>> annotated, Set<ServerEndpointConfig> configs) {

    /**
     * Scans and asks the configs.
     *
     * @throws DeploymentException when a config cannot be made, or fails
     */
    static WarEndpoints of(ExplodedWar war, ClassLoader loader) throws IOException, DeploymentException {
        WarEndpoints selected = new WarEndpoints(new LinkedHashSet<>(), new LinkedHashSet<>());
        Set<Class<?>> found = new LinkedHashSet<>();
        boolean configured = false;
        for (Path root : war.roots()) {
            ArchiveScan scan = ArchiveScan.of(root, loader);
            found.addAll(scan.annotated());
            for (Class<? extends ServerApplicationConfig> config : scan.configs()) {
                configured = true;
                selected.ask(config, scan);
            }
        }
        return configured ? selected : new WarEndpoints(found, Set.of());
    }

    private void ask(Class<? extends ServerApplicationConfig> type, ArchiveScan scan) throws DeploymentException {
        Set<Class<? extends Endpoint>> programmatic = Collections.unmodifiableSet(scan.programmatic());
        Set<Class<?>> classes = Collections.unmodifiableSet(scan.annotated());
        try {
            ServerApplicationConfig config = type.getConstructor().newInstance();
            addAll(configs, config.getEndpointConfigs(programmatic));
            addAll(annotated, config.getAnnotatedEndpointClasses(classes));
        } catch (InvocationTargetException thrown) {
            throw new DeploymentException("The constructor of " + type.getName() + " failed", thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new DeploymentException(
                    type.getName() + " cannot be made: a ServerApplicationConfig needs a public constructor without"
                            + " parameters",
                    impossible);
        } catch (RuntimeException failure) {
            throw new DeploymentException(type.getName() + " failed: " + failure, failure);
        }
    }

    /** Whoever wants to deploy nothing may return null as well as an empty set. */
    private static <T> void addAll(Set<T> all, @Nullable Set<? extends T> more) {
        if (more != null) {
            all.addAll(more);
        }
    }
}
