package dev.ferrule.arquillian;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Makes {@link WarContainer} known to Arquillian, which finds this class by the service loader. */
public final class WarExtension implements LoadableExtension {
    /** For the service loader. */
    public WarExtension() {}

    @Override
    public void register(ExtensionBuilder builder) {
        builder.service(DeployableContainer.class, WarContainer.class);
    }
}
