package dev.ferrule.arquillian;

import org.jboss.arquillian.container.spi.ConfigurationException;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/**
 * What {@code arquillian.xml} may say about {@link WarContainer}. Everything has a default, so that no file is needed. All
 * other settings of the server come from system properties and the environment, as usual.
 */
public final class WarContainerConfiguration implements ContainerConfiguration {
    /** The highest port number that there is. */
    private static final int MAX_PORT = 65_535;

    private String host = "127.0.0.1";
    private int port;
    private boolean refusalsTolerated;

    /** The defaults. */
    public WarContainerConfiguration() {}

    /** The host name or address that servers listen on; {@code 127.0.0.1} by default. */
    public String getHost() {
        return host;
    }

    /** See {@link #getHost}. */
    public void setHost(String value) {
        host = value;
    }

    /** The port; 0, which is the default, picks a free one for each archive. Another allows one archive at a time. */
    public int getPort() {
        return port;
    }

    /** See {@link #getPort}. */
    public void setPort(int value) {
        port = value;
    }

    /**
     * Whether the refusal of an archive is only logged, and its tests run against a server without endpoints. By default
     * the test class fails with the refusal's message.
     */
    public boolean isRefusalsTolerated() {
        return refusalsTolerated;
    }

    /** See {@link #isRefusalsTolerated}. */
    public void setRefusalsTolerated(boolean value) {
        refusalsTolerated = value;
    }

    @Override
    public void validate() {
        if (port < 0 || port > MAX_PORT) {
            throw new ConfigurationException("The port of Ferrule's container is " + port + "; it must be from 1 to "
                    + MAX_PORT + ", or 0 for a free one");
        }
    }
}
