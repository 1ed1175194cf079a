package dev.ferrule.arquillian;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.settings.Keys;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;

/**
 * An Arquillian container that deploys WARs of WebSocket endpoints on the embedded server: each archive gets a server, a
 * class loader and a context path (its name without {@code .war}) of its own. Nothing of servlets works in it: no listener,
 * no filter, no {@code web.xml}.
 *
 * <p>Endpoints are found as the specification says for WARs: {@link WarEndpoints}. Tests run in this JVM, beside the server,
 * and have the server's address injected:
 *
 * <pre>{@code
 * @ExtendWith(ArquillianExtension.class)
 * class EchoTest {
 *     @Deployment(testable = false)
 *     static WebArchive archive() {
 *         return ShrinkWrap.create(WebArchive.class, "echo.war").addClass(Echo.class);
 *     }
 *
 *     @ArquillianResource
 *     URL url; // http://127.0.0.1:49731/echo/
 *     ...
 * }
 * }</pre>
 *
 * <p>What {@code arquillian.xml} may set: {@link WarContainerConfiguration}. A class that test and endpoint share exists
 * twice, in the test's class loader and in the archive's, and so do its static fields.
 *
 * <p>Threading: any thread, as Arquillian likes.
 */
public final class WarContainer implements DeployableContainer<WarContainerConfiguration> {
    private static final Logger LOG = System.getLogger(WarContainer.class.getName());
    private static final String WAR = ".war";

    private final Map<String, Deployed> deployed = new ConcurrentHashMap<>();
    private WarContainerConfiguration configuration = new WarContainerConfiguration();

    /** A container with the default configuration. */
    public WarContainer() {}

    /** An archive in service, and what to let go of after it. */
    private record Deployed(FerruleServer server, ExplodedWar files, WarClassLoader loader) {
        void close() throws IOException {
            try (files;
                    loader;
                    server) {
                // In this order, from the last: nobody runs any more when the classes go.
            }
        }
    }

    @Override
    public Class<WarContainerConfiguration> getConfigurationClass() {
        return WarContainerConfiguration.class;
    }

    @Override
    public void setup(WarContainerConfiguration given) {
        configuration = given;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    /**
     * Deploys a WAR.
     *
     * @throws DeploymentException when the archive cannot be unpacked, or the address cannot be bound, or the endpoints break
     *     rules; the last one is only logged where the configuration tolerates it
     */
    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        String name = archive.getName();
        if (!name.endsWith(WAR)) {
            throw new DeploymentException("The archive '" + name + "' is no WAR: its name must end with .war");
        }
        try {
            Deployed war = deploy(name, archive);
            deployed.put(name, war);
            URI uri = war.server().uri();
            HTTPContext context = new HTTPContext(
                    configuration.getHost(), uri.getPort(), uri.getScheme().equals("wss"));
            return new ProtocolMetaData().addContext(context.add(new Servlet("websocket", contextPath(name))));
        } catch (IOException | jakarta.websocket.DeploymentException failure) {
            throw new DeploymentException("Cannot deploy " + name + ": " + failure.getMessage(), failure);
        }
    }

    private Deployed deploy(String name, Archive<?> archive) throws IOException, jakarta.websocket.DeploymentException {
        ExplodedWar files = ExplodedWar.of(archive);
        WarClassLoader loader = new WarClassLoader(files.roots(), contextLoader());
        boolean started = false;
        try {
            Deployed war = new Deployed(start(name, files, loader), files, loader);
            started = true;
            return war;
        } finally {
            if (!started) {
                loader.close();
                files.close();
            }
        }
    }

    private FerruleServer start(String name, ExplodedWar files, WarClassLoader loader)
            throws IOException, jakarta.websocket.DeploymentException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            WarEndpoints endpoints = WarEndpoints.of(files, loader);
            FerruleServer.Builder server = server(name, loader);
            endpoints.annotated().forEach(server::endpoint);
            endpoints.configs().forEach(server::endpoint);
            return server.start();
        } catch (jakarta.websocket.DeploymentException | RuntimeException | LinkageError refusal) {
            if (!configuration.isRefusalsTolerated()) {
                throw refusal;
            }
            LOG.log(Level.WARNING, name + " is refused; a server without endpoints stands in for it", refusal);
            return server(name, loader).start();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private FerruleServer.Builder server(String name, ClassLoader loader) {
        return FerruleServer.builder()
                .set(Keys.HOST, configuration.getHost())
                .set(Keys.PORT, configuration.getPort())
                .contextPath(contextPath(name))
                .classLoader(loader);
    }

    private static String contextPath(String name) {
        String path = "/" + name.substring(0, name.length() - WAR.length());
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException("No context path can be made of the name " + name, impossible);
        }
    }

    private static ClassLoader contextLoader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? Objects.requireNonNull(WarContainer.class.getClassLoader()) : loader;
    }

    /** Stops the archive's server, which closes its sessions with 1001, and deletes what was unpacked. */
    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        Deployed war = deployed.remove(archive.getName());
        if (war != null) {
            try {
                war.close();
            } catch (IOException failure) {
                throw new DeploymentException("Cannot clean up after " + archive.getName(), failure);
            }
        }
    }
}
