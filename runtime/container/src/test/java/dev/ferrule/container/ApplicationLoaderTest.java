package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.application.WordClient;
import dev.ferrule.container.application.WordEndpoint;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that has its own class loader: which one its code sees, and that nothing keeps it at the end. */
@Timeout(30)
class ApplicationLoaderTest {
    /** Defines the classes of its package anew, as a web application's loader would. */
    private static final class Application extends ClassLoader {
        private static final String PREFIX = WordEndpoint.class.getPackageName() + ".";

        Application() {
            super("application", ApplicationLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null || !name.startsWith(PREFIX)) {
                    return known == null ? super.loadClass(name, resolve) : known;
                }
                try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        }

        Class<?> get(Class<?> twin) throws ClassNotFoundException {
            Class<?> own = loadClass(twin.getName());
            assertThat(own).isNotSameAs(twin);
            return own;
        }
    }

    @Test
    @Tag("obligation-15.1")
    @Tag("obligation-15.2")
    void everyCallOfApplicationCodeSeesItsClassLoader() throws Exception {
        Application application = new Application();
        Class<?> endpoint = application.get(WordEndpoint.class);
        try (Stage stage =
                Stage.with(builder -> builder.classLoader(application).endpoint(endpoint))) {
            Peer peer = stage.connect("app").send("word").send("fail");
            peer.next();
            peer.next();
            peer.session.close();
            Set<Object> seen = new HashSet<>();
            await().until(() -> {
                Stage.rest().drainTo(seen);
                return seen.size() >= 10
                        && seen.stream().anyMatch(event -> event.toString().startsWith("destroy"));
            });
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "handshake true",
                            "init true",
                            "open true",
                            "decode true",
                            "message true",
                            "encode true",
                            "result true",
                            "error true",
                            "close true",
                            "destroy true"));
        }
    }

    @Test
    @Tag("obligation-15.1")
    void aClientsCallbacksSeeTheClassLoaderOfWhoConnected() throws Exception {
        Application application = new Application();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (Stage stage = Stage.of(Greeting.class)) {
            thread.setContextClassLoader(application);
            Session session =
                    stage.server.container().connectToServer(application.get(WordClient.class), stage.at("greeting"));
            thread.setContextClassLoader(before);
            assertThat(Stage.next()).isEqualTo("client open true");
            assertThat(Stage.next()).isEqualTo("client message true");
            session.close();
            assertThat(Stage.next()).isEqualTo("client close true");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ServerEndpoint("/greeting")
    public static class Greeting {
        @OnOpen
        public void open(Session session) {
            session.getAsyncRemote().sendText("hello");
        }
    }

    @Test
    @Tag("obligation-15.5")
    void aStoppedServerKeepsNeitherThreadsNorTheApplicationsClassLoader() throws Exception {
        WeakReference<ClassLoader> application = serveAndStop();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
        await().until(() -> {
            System.gc();
            return application.get() == null;
        });
        assertThat(application.get()).isNull();
    }

    private static WeakReference<ClassLoader> serveAndStop() throws Exception {
        Application application = new Application();
        Class<?> endpoint = application.get(WordEndpoint.class);
        try (Stage stage =
                Stage.with(builder -> builder.classLoader(application).endpoint(endpoint))) {
            Peer peer = stage.connect("app").send("word").send("fail");
            peer.next();
            stage.server.close();
            assertThat(peer.endCode()).isEqualTo(1001);
        }
        Stage.rest().clear();
        return new WeakReference<>(application);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("ferrule-"))
                .collect(Collectors.toSet());
    }
}
