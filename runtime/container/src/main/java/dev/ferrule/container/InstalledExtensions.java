package dev.ferrule.container;

import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.engine.extension.DeflateSettings;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.PerMessageDeflate;
import java.util.List;

/** The extensions that a container negotiates. */
final class InstalledExtensions implements AutoCloseable {
    private final List<PerMessageDeflate> extensions;

    InstalledExtensions(Settings settings) {
        if (!settings.get(Keys.COMPRESSION)) {
            extensions = List.of();
            return;
        }
        DeflateSettings usual = DeflateSettings.DEFAULT;
        extensions = List.of(new PerMessageDeflate(new DeflateSettings(
                settings.get(Keys.COMPRESSION_LEVEL),
                settings.get(Keys.COMPRESSION_THRESHOLD),
                usual.serverContextTakeover(),
                usual.clientContextTakeover(),
                usual.serverMaxWindowBits(),
                usual.clientMaxWindowBits())));
    }

    List<FrameExtension> all() {
        return List.copyOf(extensions);
    }

    /** Ends the states that lie idle; connections that are still open end theirs. */
    @Override
    public void close() {
        extensions.forEach(PerMessageDeflate::close);
    }
}
