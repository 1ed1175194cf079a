package dev.ferrule.architecture;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The class path of the test run, as the build made it. */
final class ClassPath {
    private ClassPath() {}

    static List<Path> entries() {
        String real = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(real.split(File.pathSeparator)).map(Path::of).toList();
    }
}
