package dev.ferrule.tests.interception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Interceptors run on every callback. */
@ExtendWith(ArquillianExtension.class)
class AroundCallbacksTest {
    @Inject
    Trace trace;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Watched.class, WatchedProgrammatic.class, Traced.class, Tracer.class, Trace.class);
    }

    @Test
    @Tag("obligation-13.1")
    void ofAnnotatedEndpoints(@Connect("watched") TestClient client) throws Exception {
        client.sendText("this fails");
        client.close();
        await().untilAsserted(() -> assertThat(trace.calls()).containsSubsequence("open", "message", "error", "close"));
    }

    @Test
    void ofProgrammaticEndpoints(@Connect("programmatic") TestClient client) {
        assertThat(trace.calls()).contains("onOpen");
    }
}
