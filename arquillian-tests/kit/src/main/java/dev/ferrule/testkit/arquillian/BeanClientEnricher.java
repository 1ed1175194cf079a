package dev.ferrule.testkit.arquillian;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.container.spi.CoderProvider;
import dev.ferrule.testkit.TestClients;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.websocket.WebSocketContainer;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.util.Optional;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jspecify.annotations.Nullable;

/** Where the deployment's beans live in this JVM, its own container connects, through its own transport. */
final class BeanClientEnricher extends ClientEnricher {
    @Inject
    private @Nullable Instance<BeanManager> beans;

    BeanClientEnricher() {}

    @Override
    TestClients connector() {
        BeanManager manager = injected(beans).get();
        if (manager == null) {
            return super.connector();
        }
        return new TestClients(
                manager.createInstance().select(WebSocketContainer.class).get(),
                manager.createInstance()
                        .select(URI.class, ServerUri.Literal.INSTANCE)
                        .get(),
                new Unqualified(manager));
    }

    /** The beans that decide how an endpoint without a qualifier speaks. */
    private record Unqualified(BeanManager manager) implements CoderProvider.Beans {
        @Override
        public <T> Optional<T> find(Class<T> type, @Nullable Class<? extends Annotation> qualifier) {
            if (qualifier != null) {
                return Optional.empty();
            }
            jakarta.enterprise.inject.Instance<T> found =
                    manager.createInstance().select(type);
            return found.isResolvable() ? Optional.of(found.get()) : Optional.empty();
        }
    }
}
