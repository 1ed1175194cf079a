package dev.ferrule.cdi.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jboss.jandex.IndexWriter;
import org.jboss.jandex.Indexer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    @ServerEndpoint("/plain")
    static class Plain {}

    @ServerEndpoint("/abstract")
    abstract static class Unfinished {}

    @ApplicationScoped
    static class SomeBean {}

    static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    static class Config implements ServerApplicationConfig {
        @Override
        public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> endpointClasses) {
            return Set.of();
        }

        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> scanned) {
            return scanned;
        }
    }

    @TempDir
    Path root;

    private final Discovery discovery = new Discovery();

    private static String file(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] content(Class<?> type) throws Exception {
        try (InputStream stream = type.getClassLoader().getResourceAsStream(file(type))) {
            return stream.readAllBytes();
        }
    }

    private void archive(Class<?>... types) throws Exception {
        Files.createDirectories(root.resolve("META-INF"));
        Files.createFile(root.resolve("META-INF/beans.xml"));
        for (Class<?> type : types) {
            Path file = root.resolve(file(type));
            Files.createDirectories(file.getParent());
            Files.write(file, content(type));
        }
    }

    private Set<Class<?>> complete(URL url) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {url}, getClass().getClassLoader())) {
            return discovery.complete(loader);
        }
    }

    private Set<Class<?>> complete() throws Exception {
        return complete(root.toUri().toURL());
    }

    @Test
    void anEndpointThatNobodyHasSeenIsAdded() throws Exception {
        archive(Plain.class);
        assertThat(complete()).containsExactly(Plain.class);
        assertThat(discovery.serverEndpoints()).containsExactly(Plain.class);
    }

    @Test
    void anEndpointThatWasSeenIsNotAddedAgain() throws Exception {
        archive(Plain.class);
        discovery.see(Plain.class);
        assertThat(complete()).isEmpty();
        assertThat(discovery.serverEndpoints()).containsExactly(Plain.class);
    }

    @Test
    void anAbstractClassIsNoEndpoint() throws Exception {
        archive(Unfinished.class);
        assertThat(complete()).isEmpty();
        assertThat(discovery.serverEndpoints()).isEmpty();
    }

    @Test
    void programmaticEndpointsAndApplicationConfigsAreKnownButNoBeans() throws Exception {
        archive(Programmatic.class, Config.class);
        assertThat(complete()).isEmpty();
        assertThat(discovery.programmaticEndpoints()).containsExactly(Programmatic.class);
        assertThat(discovery.applicationConfigs()).containsExactly(Config.class);
    }

    @Test
    void aRootWithoutBeansXmlDoesNotCount() throws Exception {
        archive(Plain.class);
        Files.delete(root.resolve("META-INF/beans.xml"));
        assertThat(complete()).isEmpty();
    }

    @Test
    void anArchiveOfWhichTheContainerHasSeenNothingDoesNotCount() throws Exception {
        archive(Plain.class, SomeBean.class);
        assertThat(complete()).isEmpty();
    }

    @Test
    void aJandexIndexIsBelieved() throws Exception {
        archive();
        Indexer indexer = new Indexer();
        indexer.index(new java.io.ByteArrayInputStream(content(Plain.class)));
        try (OutputStream index = Files.newOutputStream(root.resolve("META-INF/jandex.idx"))) {
            new IndexWriter(index).write(indexer.complete());
        }
        assertThat(complete()).containsExactly(Plain.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no index", "\u00ba\u00be\u00ba\u00be\u0000\u0000\u00ff"})
    void whereTheJandexIndexCannotBeReadTheClassesAreSearched(String content) throws Exception {
        archive(Plain.class);
        Files.write(root.resolve("META-INF/jandex.idx"), content.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(complete()).containsExactly(Plain.class);
    }

    @Test
    void jarsAreSearchedToo() throws Exception {
        Path jar = root.resolve("application.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/beans.xml"));
            out.putNextEntry(new JarEntry(file(Plain.class)));
            out.write(content(Plain.class));
        }
        assertThat(complete(jar.toUri().toURL())).containsExactly(Plain.class);
    }

    @Test
    void whatOnlyAParentSeesIsNotOfTheDeployment() throws Exception {
        archive(Plain.class);
        Path own = Files.createDirectories(root.resolve("own/META-INF"));
        Files.createFile(own.resolve("beans.xml"));
        try (URLClassLoader parent = new URLClassLoader(
                        new URL[] {root.toUri().toURL()}, getClass().getClassLoader());
                URLClassLoader child =
                        new URLClassLoader(new URL[] {own.getParent().toUri().toURL()}, parent)) {
            assertThat(discovery.complete(child)).isEmpty();
        }
    }

    @Test
    void aClassFileThatCannotBeReadHidesNoOther() throws Exception {
        archive(Plain.class);
        Files.writeString(root.resolve("Broken.class"), "jakarta/websocket/ in what is no class file");
        assertThat(complete()).containsExactly(Plain.class);
    }

    @Test
    void aLoaderWithoutAnArchiveOfItsOwnStandsForItsParents() throws Exception {
        archive(Plain.class);
        try (URLClassLoader parent =
                        new URLClassLoader(new URL[] {root.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
                URLClassLoader child = new URLClassLoader(new URL[0], parent)) {
            assertThat(BeanArchive.of(child)).hasSize(1);
        }
    }

    @Test
    void whatCdiWasShownAndCouldBeABeanIsLeftOut() {
        discovery.see(Config.class);
        discovery.settle(type -> true);
        assertThat(discovery.isLeftOut(Config.class, true)).isTrue();
        assertThat(discovery.isLeftOut(Config.class, false)).isFalse();
        assertThat(discovery.isLeftOut(Programmatic.class, true)).isFalse();
    }

    @Test
    void whatAnExtensionHasVetoedIsLeftOutWhateverItLacks() {
        discovery.see(Plain.class);
        discovery.settle(type -> false);
        assertThat(discovery.isLeftOut(Plain.class, false)).isTrue();
    }
}
