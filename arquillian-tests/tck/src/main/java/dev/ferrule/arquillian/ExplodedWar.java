package dev.ferrule.arquillian;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Node;
import org.jspecify.annotations.Nullable;

/**
 * A WAR in a temporary directory, which {@link #close} deletes.
 *
 * @param directory where the archive's files are
 */
record ExplodedWar(Path directory) implements AutoCloseable {

    static ExplodedWar of(Archive<?> archive) throws IOException {
        ExplodedWar war = new ExplodedWar(Files.createTempDirectory("ferrule-war"));
        boolean complete = false;
        try {
            for (Node node : archive.getContent().values()) {
                if (node.getAsset() != null) {
                    war.write(node);
                }
            }
            complete = true;
            return war;
        } finally {
            if (!complete) {
                war.close();
            }
        }
    }

    private void write(Node node) throws IOException {
        Path file = directory.resolve(node.getPath().get().substring(1)).normalize();
        if (!file.startsWith(directory)) {
            throw new IOException("The path " + node.getPath().get() + " leads out of the archive");
        }
        Files.createDirectories(file.getParent());
        try (InputStream content = node.getAsset().openStream()) {
            Files.copy(content, file);
        }
    }

    /** Where classes are: {@code WEB-INF/classes}, then each jar of {@code WEB-INF/lib} by name. */
    List<Path> roots() throws IOException {
        List<Path> roots = new ArrayList<>();
        Path classes = directory.resolve("WEB-INF/classes");
        if (Files.isDirectory(classes)) {
            roots.add(classes);
        }
        Path lib = directory.resolve("WEB-INF/lib");
        if (Files.isDirectory(lib)) {
            try (Stream<Path> files = Files.list(lib)) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(roots::add);
            }
        }
        return roots;
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
