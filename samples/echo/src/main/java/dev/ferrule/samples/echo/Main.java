package dev.ferrule.samples.echo;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.settings.SettingsException;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts the echo server and prints one line, {@code Ready: ws://127.0.0.1:PORT/}, when it accepts connections. SIGTERM closes
 * all sessions with 1001 and ends the process. What is wrong with the command line or the settings is one sentence on
 * standard error, and exit code 1.
 */
public final class Main {
    private Main() {}

    /** See {@link Options}. */
    public static void main(String[] arguments) throws InterruptedException {
        URI uri;
        try {
            quietLogs();
            Options options = Options.of(arguments);
            uri = options.cdi() ? WithCdi.start(options) : startPlain(options);
        } catch (RuntimeException | IOException | DeploymentException failure) {
            System.err.println(sentence(failure));
            System.exit(1);
            return;
        }
        System.out.println("Ready: " + uri);
        Thread.currentThread().join();
    }

    /** The container alone: no class of CDI's is loaded on the way. */
    private static URI startPlain(Options options) throws DeploymentException, IOException {
        EchoApplication application = new EchoApplication(options);
        FerruleServer.Builder builder = FerruleServer.builder();
        options.settings().forEach(builder::set);
        application.getAnnotatedEndpointClasses(Set.of()).forEach(builder::endpoint);
        application.getEndpointConfigs(Set.of()).forEach(builder::endpoint);
        FerruleServer server = builder.start();
        closeAtEnd(server::close);
        return server.uri();
    }

    /** Apart, so that a start without CDI does not touch its classes. */
    private static final class WithCdi {
        static URI start(Options options) {
            SeContainer cdi = SeContainerInitializer.newInstance()
                    .addExtensions(new OptionsAsBeans(options))
                    // Weld's own hook would print to standard output.
                    .addProperty("org.jboss.weld.se.shutdownHook", false)
                    .initialize();
            closeAtEnd(cdi::close);
            return cdi.select(URI.class, ServerUri.Literal.INSTANCE).get();
        }
    }

    private static void closeAtEnd(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(close, "stop"));
    }

    /** Warnings only, unless somebody has configured the JDK's logging. */
    private static void quietLogs() {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            Logger.getLogger("").setLevel(Level.WARNING);
        }
    }

    /** What the innermost failure that speaks to a person says. */
    private static String sentence(Throwable failure) {
        String sentence = String.valueOf(failure.getMessage());
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof SettingsException || link instanceof DeploymentException) {
                sentence = String.valueOf(link.getMessage());
            }
        }
        return sentence;
    }
}
