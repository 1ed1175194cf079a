package dev.ferrule.testkit.arquillian;

import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.TestEnricher;

/**
 * Gives test methods clients of the deployment: parameters with {@link dev.ferrule.testkit.Connect},
 * {@link dev.ferrule.testkit.BaseUri}, or of type {@link dev.ferrule.testkit.TestClients}. Arquillian finds this class by its
 * service loader.
 */
public final class TestKitExtension implements LoadableExtension {
    /** For the service loader. */
    public TestKitExtension() {}

    @Override
    public void register(ExtensionBuilder builder) {
        boolean beans = Validate.classExists("jakarta.enterprise.inject.spi.BeanManager")
                && Validate.classExists("dev.ferrule.cdi.ServerUri");
        builder.service(TestEnricher.class, beans ? BeanClientEnricher.class : ClientEnricher.class);
        builder.observer(ClientCloser.class);
    }
}
