package dev.ferrule.container;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which transport a container gets: by name, or the only one there is. */
final class Transports {
    private Transports() {}

    /**
     * A new transport.
     *
     * @throws IllegalStateException when the named one is not there, or none is named and there are none or several
     */
    static Transport choose(Settings settings, ClassLoader loader) {
        String wanted = settings.get(Keys.TRANSPORT);
        if (wanted.equals("memory")) {
            return new MemoryTransport();
        }
        Map<String, Transport> found = seenBy(loader);
        if (found.isEmpty()) {
            // A context class loader that does not see our own neighbours, as in some test runners.
            found = seenBy(Transports.class.getClassLoader());
        }
        Transport chosen = wanted.isEmpty() && found.size() == 1
                ? found.values().iterator().next()
                : found.get(wanted);
        if (chosen == null) {
            throw new IllegalStateException(explain(wanted, found.keySet()));
        }
        for (Transport other : found.values()) {
            if (other != chosen) {
                other.close();
            }
        }
        return chosen;
    }

    private static Map<String, Transport> seenBy(@Nullable ClassLoader loader) {
        Map<String, Transport> found = new LinkedHashMap<>();
        for (Transport transport : ServiceLoader.load(Transport.class, loader)) {
            found.putIfAbsent(transport.name(), transport);
        }
        return found;
    }

    private static String explain(Iterable<String> names) {
        List<String> list = new ArrayList<>();
        names.forEach(list::add);
        list.add("memory");
        return String.join(", ", list);
    }

    private static String explain(String wanted, Set<String> found) {
        if (!wanted.isEmpty()) {
            return "There is no transport named '" + wanted + "' (" + Keys.TRANSPORT.key() + "); there are: "
                    + explain(found);
        }
        if (found.isEmpty()) {
            return "There is no transport on the class path: add one, such as ferrule-transport-netty, or set "
                    + Keys.TRANSPORT.key() + " to memory";
        }
        return "There are several transports: choose one of " + explain(found) + " by " + Keys.TRANSPORT.key();
    }
}
