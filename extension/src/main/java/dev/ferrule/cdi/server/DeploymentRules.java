package dev.ferrule.cdi.server;

import dev.ferrule.cdi.guard.AccessRules.Kind;
import dev.ferrule.cdi.injection.InjectionRules;
import dev.ferrule.cdi.instance.ProxyRules;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What CDI adds to the rules of endpoints: whether they can be proxied, injected, and asked for roles. */
final class DeploymentRules {
    private final EmbeddedServer.Deployment deployment;
    private final Gates gates;
    private final List<String> problems = new ArrayList<>();

    DeploymentRules(EmbeddedServer.Deployment deployment, Gates gates) {
        this.deployment = deployment;
        this.gates = gates;
    }

    /** The client endpoints among the beans. */
    static List<Class<?>> clients(EmbeddedServer.Deployment deployment) {
        return deployment.beans().classes().stream()
                .filter(type -> type.isAnnotationPresent(ClientEndpoint.class))
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    /** A sentence for each problem of any endpoint. */
    List<String> problems(EndpointSelection selection) {
        InjectionRules injection = new InjectionRules(deployment.beanManager(), deployment.beans());
        for (Class<?> type : selection.annotated()) {
            ServerEndpoint endpoint = type.getAnnotation(ServerEndpoint.class);
            if (endpoint != null) {
                check(type, Kind.ANNOTATED, endpoint.value());
                Map<Class<?>, String> parts = new LinkedHashMap<>();
                add(parts, "encoder", List.of(endpoint.encoders()));
                add(parts, "decoder", List.of(endpoint.decoders()));
                add(parts, "configurator", List.of(endpoint.configurator()));
                injection.check(type, parts, endpoint.value(), problems);
            }
        }
        for (ServerEndpointConfig config : selection.configs()) {
            check(config.getEndpointClass(), Kind.PROGRAMMATIC, config.getPath());
            Map<Class<?>, String> parts = new LinkedHashMap<>();
            add(parts, "encoder", config.getEncoders());
            add(parts, "decoder", config.getDecoders());
            injection.check(config.getEndpointClass(), parts, config.getPath(), problems);
        }
        for (Class<?> type : clients(deployment)) {
            ClientEndpoint endpoint = type.getAnnotation(ClientEndpoint.class);
            check(type, Kind.CLIENT, "");
            Map<Class<?>, String> parts = new LinkedHashMap<>();
            add(parts, "encoder", List.of(endpoint.encoders()));
            add(parts, "decoder", List.of(endpoint.decoders()));
            add(parts, "configurator", List.of(endpoint.configurator()));
            injection.check(type, parts, "", problems);
        }
        injection.checkPathParameters(problems);
        return problems;
    }

    private static void add(Map<Class<?>, String> parts, String role, List<? extends Class<?>> types) {
        types.forEach(type -> parts.putIfAbsent(type, role));
    }

    private void check(Class<?> type, Kind kind, String path) {
        List<String> found = new ArrayList<>();
        new ProxyRules(deployment.beanManager(), deployment.beans()).check(type, found);
        gates.rules().check(type, kind, gates.knowCallers(), found);
        Set<String> each = new LinkedHashSet<>(found);
        each.forEach(problem -> problems.add(path.isEmpty() ? problem : problem + " (endpoint at " + path + ")"));
    }
}
