package dev.ferrule.wirekit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The file descriptors of this process that an application opened, as far as the system tells. */
final class Descriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private Descriptors() {}

    /** What is open, by its name in the system; none where that does not tell. Not what the JVM has: archives, devices, pollers. */
    static Set<String> open() {
        if (!Files.isDirectory(OPEN)) {
            return Set.of();
        }
        try (Stream<Path> descriptors = Files.list(OPEN)) {
            return descriptors
                    .map(Descriptors::target)
                    .filter(Descriptors::isOfTheApplication)
                    .map(Path::toString)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("The open files of this process cannot be listed", e);
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closedMeanwhile) {
            return Path.of("");
        }
    }

    private static boolean isOfTheApplication(Path target) {
        return target.toString().startsWith("socket:")
                || target.isAbsolute()
                        && !target.startsWith("/dev")
                        && !target.startsWith("/proc")
                        && !target.startsWith(JAVA_HOME)
                        && !target.toString().endsWith(".jar");
    }
}
