package dev.ferrule.wirekit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The file descriptors of this process that an application opened, as far as the system tells. */
final class Descriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private Descriptors() {}

    /** How many sockets and files are open; 0 where the system does not tell. Not what the JVM has: archives, devices, pollers. */
    static long open() {
        if (!Files.isDirectory(OPEN)) {
            return 0;
        }
        try (Stream<Path> descriptors = Files.list(OPEN)) {
            return descriptors.filter(Descriptors::isOfTheApplication).count();
        } catch (IOException e) {
            throw new UncheckedIOException("The open files of this process cannot be listed", e);
        }
    }

    private static boolean isOfTheApplication(Path descriptor) {
        try {
            Path target = Files.readSymbolicLink(descriptor);
            return target.toString().startsWith("socket:")
                    || target.isAbsolute()
                            && !target.startsWith("/dev")
                            && !target.startsWith("/proc")
                            && !target.startsWith(JAVA_HOME)
                            && !target.toString().endsWith(".jar");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
