package dev.ferrule.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.Extension;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ServiceFilesTest {
    @Test
    void theExtensionIsFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(Extension.class).stream().map(ServiceLoader.Provider::type))
                .contains(FerruleExtension.class);
    }
}
