package dev.ferrule.container;

import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.engine.extension.DeflateSettings;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.PerMessageDeflate;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The extensions that a container negotiates, in their order: the application's, those that the service loader finds, and
 * permessage-deflate.
 */
final class InstalledExtensions implements AutoCloseable {
    private final List<FrameExtension> all = new ArrayList<>();
    private final @Nullable PerMessageDeflate deflate;

    InstalledExtensions(Settings settings, List<FrameExtension> own, ClassLoader loader) {
        all.addAll(own);
        ServiceLoader.load(FrameExtension.class, loader).forEach(all::add);
        deflate = settings.get(Keys.COMPRESSION) ? deflate(settings) : null;
        if (deflate != null) {
            all.add(deflate);
        }
    }

    private static PerMessageDeflate deflate(Settings settings) {
        DeflateSettings usual = DeflateSettings.DEFAULT;
        return new PerMessageDeflate(new DeflateSettings(
                settings.get(Keys.COMPRESSION_LEVEL),
                settings.get(Keys.COMPRESSION_THRESHOLD),
                usual.serverContextTakeover(),
                usual.clientContextTakeover(),
                usual.serverMaxWindowBits(),
                usual.clientMaxWindowBits()));
    }

    List<FrameExtension> all() {
        return List.copyOf(all);
    }

    /** Ends the states that lie idle; connections that are still open end theirs. */
    @Override
    public void close() {
        if (deflate != null) {
            deflate.close();
        }
    }
}
