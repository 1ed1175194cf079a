package dev.ferrule.arquillian;

import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What scanning one directory or jar of classes finds (WSC-6.2-1). Left out are classes that are not public, abstract ones,
 * inner ones, and those that miss other classes, which cannot be loaded (WSC-4.8.2).
 *
 * @param annotated classes with {@link ServerEndpoint}
 * @param programmatic subclasses of {@link Endpoint}
 * @param configs implementations of {@link ServerApplicationConfig}
 */
record ArchiveScan(
        Set<Class<?>> annotated,
        Set<Class<? extends Endpoint>> programmatic,
        Set<Class<? extends ServerApplicationConfig>> configs) {
    private static final Logger LOG = System.getLogger(ArchiveScan.class.getName());
    private static final String CLASS_FILE = ".class";

    static ArchiveScan of(Path root, ClassLoader loader) throws IOException {
        ArchiveScan scan = new ArchiveScan(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        if (Files.isDirectory(root)) {
            scan.visit(root, loader);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(root)) {
                for (Path top : jar.getRootDirectories()) {
                    scan.visit(top, loader);
                }
            }
        }
        return scan;
    }

    private void visit(Path top, ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            List<String> names = files.map(top::relativize)
                    .map(file -> file.toString().replace(file.getFileSystem().getSeparator(), "."))
                    .filter(ArchiveScan::isClassFile)
                    .map(file -> file.substring(0, file.length() - CLASS_FILE.length()))
                    .sorted()
                    .toList();
            names.forEach(name -> take(name, loader));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static boolean isClassFile(String name) {
        return name.endsWith(CLASS_FILE)
                && !name.startsWith("META-INF.")
                && !name.endsWith("module-info.class")
                && !name.endsWith("package-info.class");
    }

    private void take(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            if (isFit(type)) {
                take(type);
            }
        } catch (ClassNotFoundException | LinkageError incomplete) {
            LOG.log(Level.DEBUG, () -> name + " cannot be loaded and is left out: " + incomplete);
        }
    }

    private static boolean isFit(Class<?> type) {
        int modifiers = type.getModifiers();
        return Modifier.isPublic(modifiers)
                && !Modifier.isAbstract(modifiers)
                && (!type.isMemberClass() || Modifier.isStatic(modifiers));
    }

    private void take(Class<?> type) {
        if (type.isAnnotationPresent(ServerEndpoint.class)) {
            annotated.add(type);
        }
        if (Endpoint.class.isAssignableFrom(type)) {
            programmatic.add(type.asSubclass(Endpoint.class));
        }
        if (ServerApplicationConfig.class.isAssignableFrom(type)) {
            configs.add(type.asSubclass(ServerApplicationConfig.class));
        }
    }
}
