package dev.ferrule.cdi.discovery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Vetoed;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexReader;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Indexer;

/** The classes of one bean archive that matter to us, from its Jandex index or, where it has none, from its class files. */
final class ArchiveIndex {
    private static final Logger LOG = System.getLogger(ArchiveIndex.class.getName());

    private static final String JANDEX = "META-INF/jandex.idx";

    /** Scopes that make a class visible to annotated discovery, and so tell whether an archive was discovered at all. */
    private static final List<Class<? extends Annotation>> SCOPES = List.of(
            ApplicationScoped.class,
            RequestScoped.class,
            SessionScoped.class,
            ConversationScoped.class,
            Dependent.class);

    /** What the constant pool of a class file holds somewhere if the class can matter to us; all others are not parsed. */
    private static final List<String> TRACES = List.of("jakarta/websocket/", "Ljakarta/enterprise/context/");

    private final BeanArchive archive;
    private final ClassLoader loader;
    private final IndexView index;

    private ArchiveIndex(BeanArchive archive, ClassLoader loader, IndexView index) {
        this.archive = archive;
        this.loader = loader;
        this.index = index;
    }

    static ArchiveIndex of(BeanArchive archive, ClassLoader loader) throws IOException {
        if (archive.holds(JANDEX, loader)) {
            try (InputStream stream = archive.open(JANDEX)) {
                return new ArchiveIndex(archive, loader, new IndexReader(stream).read());
            } catch (IOException | RuntimeException unreadable) { // broken, or of a version that is too new
                LOG.log(
                        Level.WARNING,
                        "{0}{1} cannot be read, so that the classes themselves are searched for endpoints: {2}",
                        archive.root(),
                        JANDEX,
                        unreadable);
            }
        }
        Indexer indexer = new Indexer();
        ClassFiles.Visitor take = (name, content) -> {
            if (mayMatter(content)) {
                index(indexer, name, content);
            }
        };
        if (!ClassFiles.visit(archive.root(), take)) {
            visitElsewhere(archive, loader, take);
        }
        return new ArchiveIndex(archive, loader, indexer.complete());
    }

    private static void index(Indexer indexer, String name, byte[] content) {
        try {
            indexer.index(new ByteArrayInputStream(content));
        } catch (IOException | RuntimeException broken) {
            LOG.log(
                    Level.WARNING,
                    "{0} is not searched for endpoints: its class file cannot be read: {1}",
                    name,
                    broken);
        }
    }

    /**
     * An archive that exists only as a class loader (ShrinkWrap's, in tests) answers for names, but lists none. Its classes
     * come from the class path of the test: names are taken from there, and those count that lie in the archive, too.
     */
    private static void visitElsewhere(BeanArchive archive, ClassLoader loader, ClassFiles.Visitor take)
            throws IOException {
        Set<String> done = new LinkedHashSet<>();
        ClassFiles.Visitor filter = (name, content) -> {
            if (mayMatter(content) && archive.holds(name, loader) && done.add(name)) {
                take.visit(name, content);
            }
        };
        for (URL directory : Collections.list(loader.getResources(""))) {
            ClassFiles.visit(directory, filter);
        }
        for (URL root : BeanArchive.rootsSeenBy(loader)) {
            ClassFiles.visit(root, filter);
        }
    }

    private static boolean mayMatter(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        return TRACES.stream().anyMatch(text::contains);
    }

    /** Classes with an endpoint annotation. */
    Set<String> annotatedEndpoints() {
        Set<String> names = annotated(ServerEndpoint.class);
        names.addAll(annotated(ClientEndpoint.class));
        return remaining(names.stream());
    }

    /** Concrete subclasses of {@link Endpoint}. */
    Set<String> programmaticEndpoints() {
        return remaining(concrete(index.getAllKnownSubclasses(DotName.createSimple(Endpoint.class))));
    }

    /** Concrete implementations of {@link ServerApplicationConfig}. */
    Set<String> applicationConfigs() {
        return remaining(
                concrete(index.getAllKnownImplementations(DotName.createSimple(ServerApplicationConfig.class))));
    }

    /**
     * Whether the CDI container has discovered this archive, judged by the classes that any discovery finds. Where discovery
     * was turned off, in favour of classes that were named one by one, most of them have not been seen.
     */
    boolean isDiscovered(Set<String> seen) {
        Set<String> expected = new LinkedHashSet<>();
        SCOPES.forEach(scope -> expected.addAll(annotated(scope)));
        expected.removeAll(annotated(Vetoed.class));
        Set<String> remaining = remaining(expected.stream());
        long witnesses = remaining.stream().filter(seen::contains).count();
        return remaining.isEmpty() || witnesses * 2 > remaining.size();
    }

    private Set<String> annotated(Class<? extends Annotation> annotation) {
        Set<String> names = new LinkedHashSet<>();
        for (AnnotationInstance use : index.getAnnotations(DotName.createSimple(annotation))) {
            if (use.target() != null && use.target().kind() == AnnotationTarget.Kind.CLASS) {
                names.add(use.target().asClass().name().toString());
            }
        }
        return names;
    }

    private static Stream<String> concrete(Iterable<ClassInfo> classes) {
        Set<String> names = new LinkedHashSet<>();
        for (ClassInfo info : classes) {
            if (!info.isAbstract() && !info.isInterface()) {
                names.add(info.name().toString());
            }
        }
        return names.stream();
    }

    private Set<String> remaining(Stream<String> names) {
        Set<String> remaining = new LinkedHashSet<>();
        names.filter(name -> !archive.beansXml().excludes(name, loader)).forEach(remaining::add);
        return remaining;
    }
}
