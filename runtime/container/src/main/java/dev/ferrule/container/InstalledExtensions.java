package dev.ferrule.container;

import dev.ferrule.container.settings.Settings;
import dev.ferrule.engine.extension.FrameExtension;
import java.util.List;

/** The extensions that a container negotiates. */
final class InstalledExtensions {
    private InstalledExtensions() {}

    static List<FrameExtension> of(Settings settings) {
        return List.of();
    }
}
