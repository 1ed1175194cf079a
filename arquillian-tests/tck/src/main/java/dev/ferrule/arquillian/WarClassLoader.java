package dev.ferrule.arquillian;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of an archive: its own classes and resources come before those of the parent, as in servlet containers,
 * so that an application's libraries and service files win. The API is the parent's always: it is the language in which the
 * two sides talk. Threading: any thread.
 */
final class WarClassLoader extends URLClassLoader {
    /** Packages that an archive cannot replace. */
    private static final Set<String> SHARED = Set.of("java.", "jakarta.websocket.", "dev.ferrule.container.");

    static {
        registerAsParallelCapable();
    }

    WarClassLoader(List<Path> roots, ClassLoader parent) {
        super(roots.stream().map(WarClassLoader::url).toArray(URL[]::new), parent);
    }

    private static URL url(Path root) {
        try {
            return root.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException("No class path entry: " + root, impossible);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                type = findOwn(name);
            }
            return type == null ? super.loadClass(name, resolve) : type;
        }
    }

    private @Nullable Class<?> findOwn(String name) {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notInTheArchive) {
            return null;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = Collections.list(findResources(name));
        for (URL resource : Collections.list(super.getResources(name))) {
            if (!all.contains(resource)) {
                all.add(resource);
            }
        }
        return Collections.enumeration(all);
    }
}
