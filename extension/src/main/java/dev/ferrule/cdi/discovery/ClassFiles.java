package dev.ferrule.cdi.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The class files of a resource root, for the kinds of roots whose content can be listed: directories and jars. */
final class ClassFiles {
    private ClassFiles() {}

    /** Takes class files. */
    interface Visitor {
        /**
         * A class file.
         *
         * @param name its name below the root, such as {@code org/example/Chat.class}
         */
        void visit(String name, byte[] content) throws IOException;
    }

    /**
     * Shows every class file.
     *
     * @param root the URL of the root, ending in a slash
     * @return false when the content of such a root cannot be listed
     */
    static boolean visit(URL root, Visitor visitor) throws IOException {
        if (root.getProtocol().equals("file")) {
            visitDirectory(path(root), visitor);
            return true;
        }
        if (root.getProtocol().equals("jar") && root.openConnection() instanceof JarURLConnection jar) {
            // Uncached: else the file stays open, or is closed under somebody else's hands.
            jar.setUseCaches(false);
            try (JarFile file = jar.getJarFile()) {
                visitJar(file, jar.getEntryName() == null ? "" : jar.getEntryName(), visitor);
            }
            return true;
        }
        return false;
    }

    private static Path path(URL root) throws IOException {
        try {
            return Path.of(new URI(root.toString()));
        } catch (URISyntaxException | IllegalArgumentException odd) {
            throw new IOException("This is no directory: " + root, odd);
        }
    }

    private static void visitDirectory(Path directory, Visitor visitor) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            String name = directory.relativize(file).toString().replace('\\', '/');
            visitor.visit(name, Files.readAllBytes(file));
        }
    }

    private static void visitJar(JarFile file, String prefix, Visitor visitor) throws IOException {
        Enumeration<JarEntry> entries = file.entries();
        while (entries.hasMoreElements()) {
            JarEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.endsWith(".class") && name.startsWith(prefix) && !name.startsWith("META-INF/")) {
                try (InputStream content = file.getInputStream(entry)) {
                    visitor.visit(name.substring(prefix.length()), content.readAllBytes());
                }
            }
        }
    }
}
