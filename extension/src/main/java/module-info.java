import dev.ferrule.cdi.FerruleExtension;

/** Endpoints are beans: discovery, instances, contexts and the server's life with a CDI container. */
module dev.ferrule.cdi {
    requires static org.jspecify;
    requires transitive dev.ferrule.container;
    requires transitive jakarta.cdi;
    requires static org.eclipse.microprofile.config;
    requires static microprofile.context.propagation.api;
    requires static jakarta.validation;
    requires java.xml;
    requires org.jboss.jandex;

    exports dev.ferrule.cdi;
    exports dev.ferrule.cdi.event;
    exports dev.ferrule.cdi.security;

    // The CDI container calls the extension's observer methods.
    opens dev.ferrule.cdi;

    provides jakarta.enterprise.inject.spi.Extension with
            FerruleExtension;
}
