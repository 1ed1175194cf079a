package dev.ferrule.testkit.arquillian;

import dev.ferrule.testkit.TestClients;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.util.Collection;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.test.spi.TestEnricher;
import org.jboss.arquillian.test.spi.annotation.TestScoped;
import org.jspecify.annotations.Nullable;

/** Parameters of test methods, connected to where the deployment answers HTTP. */
class ClientEnricher implements TestEnricher {
    @Inject
    @TestScoped
    private @Nullable InstanceProducer<TestClients> current;

    @Inject
    private @Nullable Instance<ProtocolMetaData> deployment;

    ClientEnricher() {}

    /** Clients are for one test, so fields have none. */
    @Override
    public final void enrich(Object testCase) {}

    @Override
    public final @Nullable Object[] resolve(Method method) {
        Parameter[] parameters = method.getParameters();
        @Nullable Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            if (TestClients.provides(parameters[i])) {
                arguments[i] = argument(parameters[i]);
            }
        }
        return arguments;
    }

    private Object argument(Parameter parameter) {
        try {
            return clients().argument(parameter);
        } catch (DeploymentException | IOException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    private TestClients clients() {
        InstanceProducer<TestClients> holder = injected(current);
        TestClients known = holder.get();
        if (known != null) {
            return known;
        }
        TestClients made = connector();
        holder.set(made);
        return made;
    }

    /** Clients that are not connected yet. */
    TestClients connector() {
        ProtocolMetaData metaData = injected(deployment).get();
        Collection<HTTPContext> contexts = metaData == null ? null : metaData.getContexts(HTTPContext.class);
        if (contexts == null || contexts.isEmpty()) {
            throw new IllegalStateException("The deployment is reached neither by HTTP nor as a bean of this JVM");
        }
        HTTPContext context = contexts.iterator().next();
        URI base = context.getServlets().stream()
                .map(Servlet::getBaseURI)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("The deployment names no servlet, so its path is unknown"));
        return new TestClients(
                ContainerProvider.getWebSocketContainer(),
                URI.create(base.toString().replaceFirst("^http", "ws")));
    }

    static <T> T injected(@Nullable T field) {
        if (field == null) {
            throw new IllegalStateException("Arquillian has injected nothing");
        }
        return field;
    }
}
