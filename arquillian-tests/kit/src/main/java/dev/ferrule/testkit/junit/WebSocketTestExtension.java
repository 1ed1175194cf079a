package dev.ferrule.testkit.junit;

import dev.ferrule.container.FerruleServer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** A {@link TestServer} for each test of a class with {@link WebSocketTest}. */
final class WebSocketTestExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    WebSocketTestExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        WebSocketTest test = annotation(context);
        UnaryOperator<FerruleServer.Builder> recipe = builder -> configure(builder, test);
        TestServer server = test.onPort() ? TestServer.onPort(recipe) : TestServer.inMemory(recipe);
        store(context).put(TestServer.class, server);
        server.beforeEach(context);
    }

    /** That of the test's class, or of the class around a nested one. */
    private static WebSocketTest annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestClass(), WebSocketTest.class)
                .orElseGet(() -> annotation(context.getParent().orElseThrow()));
    }

    private static FerruleServer.Builder configure(FerruleServer.Builder builder, WebSocketTest test) {
        for (String setting : test.settings()) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("The setting '" + setting + "' is not of the form key=value");
            }
            builder.set(setting.substring(0, equals).trim(), setting.substring(equals + 1));
        }
        for (Class<?> endpoint : test.value()) {
            builder.endpoint(endpoint);
        }
        return builder;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        TestServer server = store(context).get(TestServer.class, TestServer.class);
        if (server != null) {
            server.afterEach(context); // else nothing was begun, because another extension failed
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TestServer.provides(parameter);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestServer server = store(context).get(TestServer.class, TestServer.class);
        if (server == null) {
            throw new ParameterResolutionException("The parameter " + parameter.getParameter()
                    + " needs a server, which runs during a test, and not before: give it to the test method");
        }
        return server.resolveParameter(parameter, context);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(Namespace.create(WebSocketTestExtension.class));
    }
}
