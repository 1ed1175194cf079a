package dev.ferrule.samples.ticker;

import dev.ferrule.cdi.ServerUri;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.net.URI;
import java.util.List;

/**
 * Starts the ticker: {@code --port N} chooses the port (0 picks a free one), {@code --host H} the address: {@code 0.0.0.0} opens
 * it to other machines. Prints {@code Ready: http://127.0.0.1:PORT/} when the page is there.
 */
public final class Main {
    private Main() {}

    /** Runs until the process is told to stop. */
    public static void main(String[] arguments) throws InterruptedException {
        SeContainer cdi = start(arguments);
        System.out.println("Ready: " + page(cdi));
        Thread.currentThread().join();
    }

    /** Starts the CDI container, and with it the server; settings are system properties. */
    static SeContainer start(String... arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length || !List.of("--port", "--host").contains(arguments[i])) {
                throw new IllegalArgumentException("There are --port N and --host H, but no " + arguments[i]);
            }
            System.setProperty("ferrule." + arguments[i].substring(2), arguments[i + 1]);
        }
        return SeContainerInitializer.newInstance().initialize();
    }

    /** Where the page is. */
    static URI page(SeContainer cdi) {
        URI server = cdi.select(URI.class, ServerUri.Literal.INSTANCE).get();
        return URI.create(server.toString().replaceFirst("^ws", "http"));
    }
}
