package dev.ferrule.cdi.server;

import dev.ferrule.cdi.guard.AccessRules.Kind;
import dev.ferrule.cdi.injection.InjectionRules;
import dev.ferrule.cdi.instance.ProxyRules;
import dev.ferrule.cdi.instance.ScopeRules;
import dev.ferrule.container.spi.DeploymentGuard;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What CDI adds to the rules of endpoints: whether they can be proxied, injected, and asked for roles. */
final class DeploymentRules implements DeploymentGuard {
    private final EmbeddedServer.Deployment deployment;
    private final Gates gates;
    private final Addition addition;
    private final ScopeRules scopes;
    private final ProxyRules proxies;
    private final InjectionRules injection;

    /**
     * The rules of one deployment.
     *
     * @param addition happens whenever an endpoint has been added
     */
    DeploymentRules(EmbeddedServer.Deployment deployment, Gates gates, Addition addition) {
        this.deployment = deployment;
        this.gates = gates;
        this.addition = addition;
        this.scopes = new ScopeRules(deployment.beanManager(), deployment.beans());
        this.proxies = new ProxyRules(deployment.beanManager(), deployment.beans());
        this.injection = new InjectionRules(deployment.beanManager(), deployment.beans());
    }

    /** What comes of an endpoint that the application adds. */
    interface Addition {
        /** It has been added. */
        void happen() throws DeploymentException;
    }

    /** The client endpoints among the beans. */
    static List<Class<?>> clients(EmbeddedServer.Deployment deployment) {
        return deployment.beans().classes().stream()
                .filter(type -> type.isAnnotationPresent(ClientEndpoint.class))
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    /** A sentence for each problem of what is no endpoint of the server's. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Class<?> type : clients(deployment)) {
            ClientEndpoint endpoint = type.getAnnotation(ClientEndpoint.class);
            Map<Class<?>, String> parts = parts(List.of(endpoint.encoders()), List.of(endpoint.decoders()));
            parts.putIfAbsent(endpoint.configurator(), "configurator");
            check(type, Kind.CLIENT, parts, problems);
        }
        injection.checkPathParameters(problems);
        return problems;
    }

    @Override
    public @Nullable ServerEndpoint declaration(Class<?> annotated) {
        return deployment.beans().annotation(annotated, ServerEndpoint.class);
    }

    @Override
    public void check(Class<?> annotated, List<String> problems) {
        ServerEndpoint endpoint = declaration(annotated);
        if (endpoint != null) {
            Map<Class<?>, String> parts = parts(List.of(endpoint.encoders()), List.of(endpoint.decoders()));
            parts.putIfAbsent(endpoint.configurator(), "configurator");
            check(annotated, Kind.ANNOTATED, parts, problems);
        }
    }

    @Override
    public void check(ServerEndpointConfig programmatic, List<String> problems) {
        Map<Class<?>, String> parts = parts(programmatic.getEncoders(), programmatic.getDecoders());
        Class<?> type = programmatic.getEndpointClass();
        Kind kind = Endpoint.class.isAssignableFrom(type) ? Kind.PROGRAMMATIC : Kind.ANNOTATED;
        check(type, kind, parts, problems);
    }

    @Override
    public void added() throws DeploymentException {
        addition.happen();
    }

    /** What is made for an endpoint beside itself, and as what. */
    private static Map<Class<?>, String> parts(List<? extends Class<?>> encoders, List<? extends Class<?>> decoders) {
        Map<Class<?>, String> parts = new LinkedHashMap<>();
        encoders.forEach(type -> parts.putIfAbsent(type, "encoder"));
        decoders.forEach(type -> parts.putIfAbsent(type, "decoder"));
        return parts;
    }

    private void check(Class<?> type, Kind kind, Map<Class<?>, String> parts, List<String> problems) {
        List<String> found = new ArrayList<>();
        scopes.check(type, found);
        proxies.check(type, found);
        for (Class<?> part : parts.keySet()) {
            scopes.check(part, found);
            proxies.checkPart(part, found);
        }
        gates.rules().check(type, kind, gates.knowCallers(), found);
        injection.check(type, parts, found);
        problems.addAll(new LinkedHashSet<>(found));
    }
}
