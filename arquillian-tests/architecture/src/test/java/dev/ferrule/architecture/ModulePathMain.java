package dev.ferrule.architecture;

import dev.ferrule.container.FerruleServer;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs in a JVM of its own, whose Ferrule is made of named modules: one message there and back, through JSON. */
public final class ModulePathMain {
    private ModulePathMain() {}

    /** Answers with JSON. */
    @ServerEndpoint("/modules")
    public static class Answer {
        @OnMessage
        public List<Object> text(String text) {
            return List.of(text, 3);
        }
    }

    /** Waits for the answer. */
    @ClientEndpoint
    public static class Asker {
        final CompletableFuture<String> answer = new CompletableFuture<>();

        @OnMessage
        public void text(String text) {
            answer.complete(text);
        }
    }

    public static void main(String[] args) throws Exception {
        if (!FerruleServer.class.getModule().isNamed()) {
            throw new IllegalStateException("Ferrule runs on the class path here");
        }
        try (FerruleServer server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .endpoint(Answer.class)
                .start()) {
            Asker asker = new Asker();
            ContainerProvider.getWebSocketContainer()
                    .connectToServer(asker, server.uri().resolve("modules"))
                    .getBasicRemote()
                    .sendText("named modules");
            System.out.println("answer: " + asker.answer.get(10, TimeUnit.SECONDS));
        }
    }
}
