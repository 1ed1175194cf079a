package dev.ferrule.transport.netty.http;

import dev.ferrule.container.spi.HttpFallback;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.engine.handshake.ResponseHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code META-INF/resources} of the class path, as servlet containers do, so that an application can ship its page:
 * {@code GET} and {@code HEAD}, {@code index.html} for a directory, revalidation by content hash (RFC 9110 §8.8.3, §13.1.2).
 * Nothing outside that directory can be named, whatever the path says.
 *
 * <p>Meant for a page and what belongs to it, not for downloads: a resource is read whole, and one of more than 16 MiB is an
 * error. Nothing is cached in memory, so that a changed file is seen at once.
 *
 * <p>Threading: stateless; may be asked concurrently, blocks while it reads.
 */
public final class StaticResources implements HttpFallback {
    private static final String ROOT = "META-INF/resources/";

    /** A resource is held in memory while it is sent: this bounds what one slow peer can make us hold. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final ClassLoader loader;

    /** Serves what the thread's context class loader sees, or the own one where there is none. */
    public StaticResources() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        this.loader = context != null ? context : StaticResources.class.getClassLoader();
    }

    @Override
    public @Nullable PlainResponse answer(RequestHead request) {
        String path = ResourcePath.of(request.path());
        if (path == null) {
            return PlainResponse.text(404, "Not found");
        }
        return read(path).map(content -> answer(request, path, content)).orElse(null);
    }

    private static PlainResponse answer(RequestHead request, String path, byte[] content) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return new PlainResponse(new ResponseHead(405, Map.of("Allow", List.of("GET, HEAD"))), new byte[0]);
        }
        String tag = tag(content);
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("ETag", List.of(tag));
        fields.put("Cache-Control", List.of("no-cache")); // keep it, but ask each time whether it is still good
        fields.put("X-Content-Type-Options", List.of("nosniff"));
        if (matches(request.headers().getOrDefault("If-None-Match", List.of()), tag)) {
            return new PlainResponse(new ResponseHead(304, fields), new byte[0]);
        }
        fields.put("Content-Type", List.of(ContentTypes.of(path)));
        return new PlainResponse(new ResponseHead(200, fields), content);
    }

    private Optional<byte[]> read(String path) {
        URL url = loader.getResource(ROOT + path);
        if (url == null) {
            return Optional.empty();
        }
        try {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false); // a cached jar would stay open for ever
            if (isDirectory(url, connection)) {
                return Optional.empty();
            }
            try (InputStream in = connection.getInputStream()) {
                byte[] content = in.readNBytes(MAX_BYTES + 1);
                if (content.length > MAX_BYTES) {
                    throw new IllegalStateException("The resource " + url + " has more than " + MAX_BYTES
                            + " bytes; serve it from a web server, this one is for pages");
                }
                return Optional.of(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + url + " cannot be read", e);
        }
    }

    /** Directories are resources too, and a file URL would answer with their listing. */
    private static boolean isDirectory(URL url, URLConnection connection) throws IOException {
        if (url.getProtocol().equals("file")) {
            return !Files.isRegularFile(Path.of(URI.create(url.toString())));
        }
        if (connection instanceof JarURLConnection jar && jar.getJarEntry().isDirectory()) {
            jar.getJarFile().close();
            return true;
        }
        return false;
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"'
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(hash)
                            .substring(0, 22)
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Whether one of the tags that the peer has is this one; weak ones count (RFC 9110 §13.1.2). */
    private static boolean matches(List<String> values, String tag) {
        for (String value : values) {
            for (String candidate : value.split(",", -1)) {
                String bare = candidate.strip();
                if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
                    return true;
                }
            }
        }
        return false;
    }
}
