package dev.ferrule.transport.netty.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.spi.HttpFallback;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.Transport;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.transport.netty.NettyTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticResourcesTest {
    @TempDir
    Path directory;

    private URLClassLoader loader;
    private StaticResources resources;

    @BeforeEach
    void makeClassPath() throws IOException {
        Path classes = directory.resolve("classes");
        Path root = classes.resolve("META-INF/resources");
        write(root.resolve("index.html"), "home");
        write(root.resolve("sub/index.html"), "sub");
        write(root.resolve("sub/a b.js"), "script");
        write(root.resolve("sub/übung.txt"), "text");
        write(root.resolve("%2e%2e"), "odd name");
        write(root.resolve("noextension"), "bytes");
        write(root.resolve("txt"), "bytes");
        write(classes.resolve("secret.txt"), "secret");
        write(classes.resolve("META-INF/secret.txt"), "secret");
        Files.createDirectories(root.resolve("empty"));
        Path jar = directory.resolve("some lib.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("META-INF/resources/lib/"));
            entries.putNextEntry(new JarEntry("META-INF/resources/lib/lib.css"));
            entries.write("style".getBytes());
        }
        loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL(), jar.toUri().toURL()}, null);
        resources = withContext(loader);
    }

    @AfterEach
    void closeClassPath() throws IOException {
        loader.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, home, text/html; charset=utf-8",
        "/index.html, home, text/html; charset=utf-8",
        "/?query, home, text/html; charset=utf-8",
        "/sub/, sub, text/html; charset=utf-8",
        "/sub/a%20b.js, script, text/javascript; charset=utf-8",
        "/sub/%C3%BCbung.txt, text, text/plain; charset=utf-8",
        "/%252e%252e, odd name, application/octet-stream",
        "/noextension, bytes, application/octet-stream",
        "/txt, bytes, application/octet-stream",
        "/lib/lib.css, style, text/css; charset=utf-8"
    })
    void aResourceIsServed(String target, String content, String type) {
        PlainResponse response = get(target);
        assertThat(response.head().status()).isEqualTo(200);
        assertThat(new String(response.body())).isEqualTo(content);
        assertThat(response.head().header("Content-Type")).isEqualTo(type);
        assertThat(response.head().header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.head().header("Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/../../secret.txt",
                "/..",
                "/sub/../../secret.txt",
                "/sub/../index.html",
                "/./index.html",
                "/%2e%2e/secret.txt",
                "/%2E%2e/%2e./secret.txt",
                "/..%2fsecret.txt",
                "/sub%2findex.html",
                "/..%5csecret.txt",
                "/..\\secret.txt",
                "//index.html",
                "/sub//index.html",
                "//",
                "/index.html%00",
                "/index.html%00.txt",
                "/index.html%0a",
                "/c:/index.html",
                "/index.html::$DATA",
                "/%",
                "/%2",
                "/%zz",
                "/%c0%ae%c0%ae/secret.txt",
                "/%ff",
                "/\u00fc",
                "index.html",
                ""
            })
    void aPathThatIsNoNameIsNotFound(String target) {
        assertThat(get(target).head().status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none",
                "/sub",
                "/empty",
                "/empty/",
                "/lib",
                "/lib/",
                "/index.html/",
                "/secret.txt",
                "/sub/none.js"
            })
    void whatIsNoResourceIsLeftToOthers(String target) {
        assertThat(get(target)).isNull();
    }

    @Test
    void aTagThatStillHoldsSavesTheBody() {
        String tag = get("/").head().header("ETag");
        assertThat(tag)
                .startsWith("\"")
                .endsWith("\"")
                .isNotEqualTo(get("/sub/").head().header("ETag"));
        for (String held : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            PlainResponse response = answer("GET", "/", Map.of("if-none-match", List.of(held)));
            assertThat(response.head().status()).isEqualTo(304);
            assertThat(response.body()).isEmpty();
            assertThat(response.head().header("ETag")).isEqualTo(tag);
        }
        assertThat(answer("GET", "/", Map.of("If-None-Match", List.of("\"other\"")))
                        .head()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aChangedFileHasAnotherTag() throws IOException {
        String before = get("/").head().header("ETag");
        write(directory.resolve("classes/META-INF/resources/index.html"), "news");
        assertThat(get("/").head().header("ETag")).isNotEqualTo(before);
    }

    @Test
    void aHeadRequestIsAnsweredAsAGet() {
        assertThat(answer("HEAD", "/", Map.of()).head()).isEqualTo(get("/").head());
    }

    @Test
    void otherMethodsAreNotAllowedOnWhatExists() {
        PlainResponse response = answer("POST", "/", Map.of());
        assertThat(response.head().status()).isEqualTo(405);
        assertThat(response.head().header("Allow")).isEqualTo("GET, HEAD");
        assertThat(answer("POST", "/none", Map.of())).isNull();
    }

    @Test
    void aResourceOfMoreThan16MebibytesIsAnError() throws IOException {
        Path large = directory.resolve("classes/META-INF/resources/large.bin");
        Files.write(large, new byte[16 * 1024 * 1024]);
        assertThat(get("/large.bin").body()).hasSize(16 * 1024 * 1024);
        Files.write(large, new byte[16 * 1024 * 1024 + 1]);
        assertThatThrownBy(() -> get("/large.bin"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("large.bin");
    }

    @Test
    void withoutAContextClassLoaderTheOwnOneServes() {
        assertThat(withContext(null).answer(new RequestHead("GET", "/", Map.of())))
                .isNull();
    }

    @Test
    void transportAndFallbackAreFoundAsServices() {
        assertThat(ServiceLoader.load(Transport.class)).hasExactlyElementsOfTypes(NettyTransport.class);
        assertThat(ServiceLoader.load(Transport.class).iterator().next().name()).isEqualTo("netty");
        assertThat(ServiceLoader.load(HttpFallback.class)).hasExactlyElementsOfTypes(StaticResources.class);
    }

    private PlainResponse get(String target) {
        return answer("GET", target, Map.of());
    }

    private PlainResponse answer(String method, String target, Map<String, List<String>> headers) {
        return resources.answer(new RequestHead(method, target, headers));
    }

    private static StaticResources withContext(ClassLoader context) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try {
            return new StaticResources();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
