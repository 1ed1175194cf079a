package dev.ferrule.container;

import dev.ferrule.container.server.PlatformConfigurator;

/** What the API's service loader finds for configurators that developers extend (§3.1). */
public final class DefaultConfigurator extends PlatformConfigurator {
    /** For the service loader. */
    public DefaultConfigurator() {}
}
