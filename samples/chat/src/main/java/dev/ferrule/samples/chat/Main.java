package dev.ferrule.samples.chat;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.SettingsException;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.logging.LogManager;

/**
 * Starts the chat: {@code --port N} chooses the port (0 picks a free one), {@code --host H} the address: {@code 0.0.0.0} opens
 * it to other machines. Everything else that can be set stands in {@code META-INF/microprofile-config.properties}. Prints
 * {@code Ready: http://127.0.0.1:PORT/} when the page is there.
 */
public final class Main {
    private Main() {}

    /** Runs until the process is told to stop. */
    public static void main(String[] arguments) throws InterruptedException {
        SeContainer cdi;
        try {
            quietLogs();
            cdi = start(settings(arguments));
        } catch (RuntimeException | IOException failure) {
            System.err.println(sentence(failure));
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(cdi::close, "stop"));
        System.out.println("Ready: " + page(cdi));
        Thread.currentThread().join();
    }

    /** Starts the CDI container, and with it the server. */
    static SeContainer start(Map<String, String> settings) {
        return SeContainerInitializer.newInstance()
                .addExtensions(new ServerSettings(settings))
                // Weld's own hook would print to standard output.
                .addProperty("org.jboss.weld.se.shutdownHook", false)
                .initialize();
    }

    /** Where the page is. */
    static URI page(SeContainer cdi) {
        URI server = cdi.select(URI.class, ServerUri.Literal.INSTANCE).get();
        return URI.create(server.toString().replaceFirst("^ws", "http"));
    }

    static Map<String, String> settings(String... arguments) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String key = switch (arguments[i]) {
                case "--port" -> Keys.PORT.key();
                case "--host" -> Keys.HOST.key();
                default ->
                    throw new IllegalArgumentException(
                            "Unknown argument '" + arguments[i] + "'; there are --port N and --host H.");
            };
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("A value is missing after " + arguments[i] + ".");
            }
            settings.put(key, arguments[i + 1]);
        }
        return settings;
    }

    /** Warnings only, unless somebody has configured the JDK's logging. */
    private static void quietLogs() throws IOException {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            try (InputStream quiet = Main.class.getResourceAsStream("logging.properties")) {
                LogManager.getLogManager().readConfiguration(Objects.requireNonNull(quiet));
            }
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
