package dev.ferrule.container.client;

import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.session.FerruleContainer;

/** A client's container: the defaults of its sessions. Cheap to make; holds no thread of its own. */
public final class FerruleClientContainer extends FerruleContainer {
    /** A container whose connections come about by the connector. */
    public FerruleClientContainer(ContainerServices services, Connector connector) {
        super(services, connector);
    }
}
