package dev.ferrule.samples.chat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody in the chat without a browser: the JDK's client, which is not ours. */
final class Guest implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    static Guest join(URI page, String room, String name) throws Exception {
        Guest guest = new Guest();
        String query = "chat/" + encoded(room) + "?name=" + encoded(name);
        URI uri = URI.create(page.toString().replaceFirst("^http", "ws") + query);
        guest.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, guest)
                .get(10, TimeUnit.SECONDS);
        return guest;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    void say(String words) {
        sendRaw(post(words));
    }

    void sendRaw(String message) {
        socket.sendText(message, true).join();
    }

    /** Says something in fragments of the given length. */
    void sayInFragments(String words, int length) {
        String post = post(words);
        for (int from = 0; from < post.length(); from += length) {
            int to = Math.min(post.length(), from + length);
            socket.sendText(post.substring(from, to), to == post.length()).join();
        }
    }

    private static String post(String words) {
        return Json.createObjectBuilder().add("text", words).build().toString();
    }

    /** The next event, which must be of a kind. */
    JsonObject next(String kind) throws InterruptedException {
        JsonObject event = events.poll(10, TimeUnit.SECONDS);
        if (event == null || !event.getString("kind").equals(kind)) {
            throw new AssertionError("instead of " + kind + ": " + event);
        }
        return event;
    }

    /** How the connection ends, whatever comes before. */
    String end() throws InterruptedException {
        String kind;
        do {
            JsonObject event = events.poll(10, TimeUnit.SECONDS);
            kind = event == null ? "not at all" : event.getString("kind");
        } while (!kind.startsWith("closed") && !kind.startsWith("failed") && !kind.startsWith("not"));
        return kind;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            events.add(Json.createReader(new StringReader(text.toString())).readObject());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        events.add(Json.createObjectBuilder().add("kind", "closed " + code).build());
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        events.add(Json.createObjectBuilder().add("kind", "failed: " + error).build());
    }

    @Override
    public void close() {
        socket.abort();
    }
}
