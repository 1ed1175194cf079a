package dev.ferrule.wirekit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The file descriptors of this process that an application opened, as far as the system tells. */
final class Descriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");

    /** Local sockets; a JVM keeps one to wake threads that read from a socket which another thread closes. */
    private static final Path LOCAL_SOCKETS = Path.of("/proc/self/net/unix");

    /** The column of the table of local sockets that names them. */
    private static final int INODE = 6;

    private static final Pattern COLUMNS = Pattern.compile("\\s+");

    /** Archives, also when somebody has deleted them, and the recordings of the flight recorder. */
    private static final Pattern OF_THE_JVM = Pattern.compile(".*\\.(jar|jfr)( \\(deleted\\))?");

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private Descriptors() {}

    /** What is open, by its name in the system; none where that does not tell. Not what the JVM has: archives, devices, pollers, local sockets. */
    static Set<String> open() {
        if (!Files.isDirectory(OPEN)) {
            return Set.of();
        }
        try (Stream<Path> descriptors = Files.list(OPEN)) {
            Set<String> local = localSockets();
            return descriptors
                    .map(Descriptors::target)
                    .filter(Descriptors::isOfTheApplication)
                    .map(Path::toString)
                    .filter(name -> !local.contains(name))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("The open files of this process cannot be listed", e);
        }
    }

    private static Set<String> localSockets() throws IOException {
        try (Stream<String> lines = Files.lines(LOCAL_SOCKETS)) {
            return lines.skip(1)
                    .map(line -> "socket:[" + COLUMNS.split(line.trim(), -1)[INODE] + "]")
                    .collect(Collectors.toUnmodifiableSet());
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
                        && !target.startsWith("/sys")
                        && !target.startsWith(JAVA_HOME)
                        && !OF_THE_JVM.matcher(target.toString()).matches();
    }
}
