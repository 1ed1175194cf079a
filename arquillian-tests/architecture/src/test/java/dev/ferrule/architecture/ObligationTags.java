package dev.ferrule.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tests say that they prove an obligation: read from the test sources of every module. */
final class ObligationTags {
    private static final Pattern TAG = Pattern.compile("^\\s*@Tag\\(\"obligation-([^\"]*)\"\\)");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");
    private static final Pattern TYPE = Pattern.compile("^\\S*\\s*(?:\\w+ )*(?:class|interface) (\\w+)");
    private static final Path TEST_SOURCES = Path.of("src", "test", "java");

    private ObligationTags() {}

    /** The root of the repository: the topmost directory with a pom above this module. */
    static Path root() {
        Path directory = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (directory.getParent() != null && Files.exists(directory.resolveSibling("pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    /** Tests by the id in their tags, each as {@code Class.method}, or {@code Class} where a whole class is tagged. */
    static Map<String, Set<String>> read() {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (Path source : sources(root())) {
            try {
                read(Files.readAllLines(source), tests);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return tests;
    }

    private static void read(List<String> lines, Map<String, Set<String>> tests) {
        List<String> pending = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            Matcher tag = TAG.matcher(line);
            while (tag.find()) {
                pending.add(tag.group(1));
            }
            Matcher declaration = TYPE.matcher(line);
            Matcher method = METHOD.matcher(line);
            String test = null;
            if (declaration.find() && !line.startsWith(" ") && !line.startsWith("/")) {
                type = declaration.group(1);
                test = type;
            } else if (method.find()) {
                test = type + "." + method.group(1);
            }
            if (test != null) {
                for (String id : pending) {
                    tests.computeIfAbsent(id, key -> new TreeSet<>()).add(test);
                }
                pending.clear();
            }
        }
    }

    private static List<Path> sources(Path root) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = directory.getFileName().toString();
                    boolean skipped = name.equals("target") || (name.startsWith(".") && !directory.equals(root));
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().contains(TEST_SOURCES.toString())
                            && file.toString().endsWith(".java")) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }
}
