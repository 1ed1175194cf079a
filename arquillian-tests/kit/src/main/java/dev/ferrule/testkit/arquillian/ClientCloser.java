package dev.ferrule.testkit.arquillian;

import dev.ferrule.testkit.TestClients;
import java.io.IOException;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.test.spi.event.suite.After;
import org.jspecify.annotations.Nullable;

/** Ends a test's clients with the test. */
final class ClientCloser {
    @Inject
    private @Nullable Instance<TestClients> current;

    ClientCloser() {}

    void close(@Observes After event) throws IOException {
        TestClients clients = ClientEnricher.injected(current).get();
        if (clients != null) {
            clients.close();
        }
    }
}
