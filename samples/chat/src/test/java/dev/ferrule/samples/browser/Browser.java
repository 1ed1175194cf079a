package dev.ferrule.samples.browser;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One page in a headless Chromium, driven through its remote debugging protocol. The browser's process and its profile end with
 * this object.
 */
public final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final Process process;
    private final Path profile;
    private final WebSocket page;

    private Browser(Process process, Path profile) throws Exception {
        this.process = process;
        this.profile = profile;
        this.page = attach();
    }

    /** The program of an installed browser. */
    public static Optional<Path> installed() {
        return Stream.concat(
                        Stream.of("/usr/bin"), Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Browser start(Path program, String... more) throws Exception {
        Path profile = Files.createTempDirectory("ferrule-browser");
        List<String> command = Stream.concat(
                        Stream.of(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile),
                        Stream.of(more))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        try {
            return new Browser(process, profile);
        } catch (Exception | Error failure) {
            end(process, profile);
            throw failure;
        }
    }

    private WebSocket attach() throws Exception {
        Path portFile = profile.resolve("DevToolsActivePort");
        Awaitility.await()
                .atMost(PATIENCE)
                .failFast("the browser has ended", () -> !process.isAlive())
                .until(() ->
                        Files.exists(portFile) && Files.readAllLines(portFile).size() > 1);
        String port = Files.readAllLines(portFile).get(0);
        HttpRequest open = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonObject target =
                json(http.send(open, HttpResponse.BodyHandlers.ofString()).body());
        return http.newWebSocketBuilder()
                .buildAsync(URI.create(target.getString("webSocketDebuggerUrl")), new Answers())
                .get(10, TimeUnit.SECONDS);
    }

    public void open(URI uri) {
        call("Page.enable", Json.createObjectBuilder());
        call("Page.navigate", Json.createObjectBuilder().add("url", uri.toString()));
        awaitTrue("document.readyState === 'complete' && location.href.startsWith('" + uri + "')");
    }

    /** The value of an expression in the page. */
    public JsonValue value(String expression) {
        JsonObject answer = call(
                "Runtime.evaluate",
                Json.createObjectBuilder().add("expression", expression).add("returnByValue", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.getJsonObject("exceptionDetails"));
        }
        return answer.getJsonObject("result").getOrDefault("value", JsonValue.NULL);
    }

    /** Waits until an expression is true in the page. */
    public void awaitTrue(String expression) {
        Awaitility.await(expression).atMost(PATIENCE).until(() -> JsonValue.TRUE.equals(value(expression)));
    }

    /** Puts a text where the focus is, as a keyboard does. */
    public void type(String text) {
        call("Input.insertText", Json.createObjectBuilder().add("text", text));
    }

    /** Presses Enter. */
    public void enter() {
        for (String event : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Json.createObjectBuilder()
                            .add("type", event)
                            .add("key", "Enter")
                            .add("code", "Enter")
                            .add("text", event.equals("keyDown") ? "\r" : "")
                            .add("windowsVirtualKeyCode", 13));
        }
    }

    /** Writes what the page looks like. */
    public void screenshot(Path file, int width, int height, boolean dark) throws IOException {
        call(
                "Emulation.setDeviceMetricsOverride",
                Json.createObjectBuilder()
                        .add("width", width)
                        .add("height", height)
                        .add("deviceScaleFactor", 1)
                        .add("mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Json.createObjectBuilder()
                        .add(
                                "features",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("name", "prefers-color-scheme")
                                                .add("value", dark ? "dark" : "light"))));
        JsonObject picture = call("Page.captureScreenshot", Json.createObjectBuilder());
        Files.write(file, Base64.getDecoder().decode(picture.getString("data")));
    }

    private JsonObject call(String method, JsonObjectBuilder parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        JsonObject call = Json.createObjectBuilder()
                .add("id", id)
                .add("method", method)
                .add("params", parameters)
                .build();
        page.sendText(call.toString(), true).join();
        JsonObject received =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (received.containsKey("error")) {
            throw new AssertionError(method + ": " + received.get("error"));
        }
        return received.getJsonObject("result");
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    @Override
    public void close() {
        page.abort();
        end(process, profile);
    }

    private static void end(Process process, Path profile) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child ->
                child.onExit().completeOnTimeout(child, 5, TimeUnit.SECONDS).join());
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException halfDeleted) {
            profile.toFile().deleteOnExit();
        }
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject message = json(text.toString());
                text.setLength(0);
                if (message.containsKey("id")) {
                    waiting.remove(message.getInt("id")).complete(message);
                }
            }
            socket.request(1);
            return null;
        }
    }
}
