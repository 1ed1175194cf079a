package dev.ferrule.cdi.discovery;

import jakarta.enterprise.inject.Vetoed;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a deployment that matter to WebSocket. First the CDI container shows those that its own discovery finds; then
 * an index of the bean archives adds the rest: a class whose only annotation is {@code @ServerEndpoint} is invisible to
 * annotated discovery. Runs no code of the application.
 *
 * <p>Threading: classes may be seen on several threads at once; everything else happens on one thread, afterwards.
 */
public final class Discovery {
    private static final Logger LOG = System.getLogger(Discovery.class.getName());

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> shown = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> vetoed = new HashSet<>();
    private final Set<Class<?>> serverEndpoints = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> programmatic = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> applicationConfigs = ConcurrentHashMap.newKeySet();

    /** Nothing is known yet. */
    public Discovery() {}

    /** The CDI container's discovery has found a class. */
    public void see(Class<?> type) {
        seen.add(type.getName());
        if (classify(type)) {
            shown.add(type);
        }
    }

    /** Whether it matters. */
    private boolean classify(Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return false;
        }
        boolean matters = false;
        if (type.isAnnotationPresent(ServerEndpoint.class)) {
            serverEndpoints.add(type);
            matters = true;
        }
        if (Endpoint.class.isAssignableFrom(type)) {
            programmatic.add(type);
            matters = true;
        }
        if (ServerApplicationConfig.class.isAssignableFrom(type)) {
            applicationConfigs.add(type);
            matters = true;
        }
        return matters;
    }

    /**
     * Looks where the CDI container's discovery did not.
     *
     * @param loader the deployment's class loader
     * @return annotated endpoints that are to be added as beans
     */
    public Set<Class<?>> complete(ClassLoader loader) {
        Set<Class<?>> missing = sorted();
        try {
            List<BeanArchive> archives = BeanArchive.of(loader);
            if (isOff(archives, loader)) {
                return missing;
            }
            for (BeanArchive archive : archives) {
                if (!archive.beansXml().isNone()) {
                    complete(ArchiveIndex.of(archive, loader), loader, missing);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The bean archives of this deployment cannot be searched for endpoints: " + unreadable.getMessage(),
                    unreadable);
        }
        return missing;
    }

    /** Whether the CDI container was told to discover nothing, but to take the classes that it is given by name. */
    private boolean isOff(List<BeanArchive> archives, ClassLoader loader) throws IOException {
        for (BeanArchive archive : archives) {
            if (archive.holds(DiscoveryMarker.FILE, loader)) {
                return !DiscoveryMarker.isIn(seen);
            }
        }
        return false;
    }

    private void complete(ArchiveIndex index, ClassLoader loader, Set<Class<?>> missing) {
        if (!DiscoveryMarker.isIn(seen) && !index.isDiscovered(seen)) {
            return;
        }
        for (String name : index.annotatedEndpoints()) {
            Class<?> type = unseen(name, loader);
            if (type != null && !Modifier.isAbstract(type.getModifiers())) {
                missing.add(type);
            }
        }
        Set<String> others = index.programmaticEndpoints();
        others.addAll(index.applicationConfigs());
        others.forEach(name -> unseen(name, loader));
    }

    /** The class, or null when there is nothing to do about it. */
    private @Nullable Class<?> unseen(String name, ClassLoader loader) {
        if (!seen.add(name)) {
            return null;
        }
        try {
            Class<?> type = Class.forName(name, false, loader);
            if (isVetoed(type)) {
                return null;
            }
            classify(type);
            return type;
        } catch (ClassNotFoundException | LinkageError broken) {
            LOG.log(Level.WARNING, "{0} is no endpoint of this deployment: it cannot be loaded: {1}", name, broken);
            return null;
        }
    }

    private static boolean isVetoed(Class<?> type) {
        Package home = type.getPackage();
        return type.isAnnotationPresent(Vetoed.class) || (home != null && home.isAnnotationPresent(Vetoed.class));
    }

    /**
     * All extensions have had their say.
     *
     * @param remains whether the CDI container still has a type for a class: if not, an extension has vetoed it
     */
    public void settle(Predicate<Class<?>> remains) {
        shown.stream().filter(remains.negate()).forEach(vetoed::add);
    }

    /**
     * Whether a class that is no bean is none because somebody wants it so: an extension has vetoed it, or it is an alternative
     * that is not enabled. A class that the CDI container has not been shown is no bean either, but may be used.
     *
     * @param possible whether it could be a bean
     */
    public boolean isLeftOut(Class<?> type, boolean possible) {
        return shown.contains(type) && (possible || vetoed.contains(type));
    }

    /** Whether a class declares an endpoint by annotation. */
    public static boolean isEndpoint(Class<?> type) {
        return type.isAnnotationPresent(ServerEndpoint.class) || type.isAnnotationPresent(ClientEndpoint.class);
    }

    /** Concrete classes with {@code @ServerEndpoint}, in the order of their names. */
    public Set<Class<?>> serverEndpoints() {
        return sorted(serverEndpoints);
    }

    /** Concrete subclasses of {@link Endpoint}, in the order of their names. */
    public Set<Class<?>> programmaticEndpoints() {
        return sorted(programmatic);
    }

    /** Concrete implementations of {@link ServerApplicationConfig}, in the order of their names. */
    public Set<Class<?>> applicationConfigs() {
        return sorted(applicationConfigs);
    }

    private static Set<Class<?>> sorted() {
        return new TreeSet<>(Comparator.<Class<?>, String>comparing(Class::getName));
    }

    private static Set<Class<?>> sorted(Set<Class<?>> types) {
        Set<Class<?>> sorted = sorted();
        sorted.addAll(types);
        return sorted;
    }
}
