package dev.ferrule.container.spi;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of endpoints before they are deployed at a server, and checked beside the rules of the specification: at its
 * start, and whenever the application adds one.
 *
 * <p>Threading: any thread that deploys; one endpoint is checked at a time.
 */
public interface DeploymentGuard {
    /** Checks nothing. */
    DeploymentGuard NONE = new DeploymentGuard() {
        @Override
        public void check(Class<?> annotated, List<String> problems) {}

        @Override
        public void check(ServerEndpointConfig programmatic, List<String> problems) {}

        @Override
        public void added() {}
    };

    /**
     * What makes a class an endpoint: its own annotation, unless it stands for another class. Null when it is none.
     */
    default @Nullable ServerEndpoint declaration(Class<?> annotated) {
        return annotated.getAnnotation(ServerEndpoint.class);
    }

    /**
     * Adds a sentence for each problem of an annotated endpoint. Its path is told beside them.
     *
     * @param annotated any class: whether it is an endpoint at all is somebody else's to check
     */
    void check(Class<?> annotated, List<String> problems);

    /** Adds a sentence for each problem of a programmatic endpoint. Its path is told beside them. */
    void check(ServerEndpointConfig programmatic, List<String> problems);

    /**
     * The application has added an endpoint through the API, which is in service.
     *
     * @throws DeploymentException for whoever has added it
     */
    void added() throws DeploymentException;
}
