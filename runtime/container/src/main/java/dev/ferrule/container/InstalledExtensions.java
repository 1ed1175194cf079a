package dev.ferrule.container;

import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.engine.extension.DeflateSettings;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.PerMessageDeflate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The extensions that a container negotiates, in their order: the application's, those that the service loader finds, and
 * permessage-deflate.
 */
final class InstalledExtensions implements AutoCloseable {
    private final List<FrameExtension> others = new ArrayList<>();

    /** By what may differ among the settings: level and threshold. */
    private final Map<List<Integer>, PerMessageDeflate> deflates = new ConcurrentHashMap<>();

    InstalledExtensions(List<FrameExtension> own, ClassLoader loader) {
        others.addAll(own);
        ServiceLoader.load(FrameExtension.class, loader).forEach(others::add);
    }

    /** What there is where these settings hold; equal settings share the states that compress. */
    List<FrameExtension> under(Settings settings) {
        List<FrameExtension> all = new ArrayList<>(others);
        if (settings.get(Keys.COMPRESSION)) {
            int level = settings.get(Keys.COMPRESSION_LEVEL);
            int threshold = settings.get(Keys.COMPRESSION_THRESHOLD);
            all.add(deflates.computeIfAbsent(List.of(level, threshold), key -> deflate(level, threshold)));
        }
        return List.copyOf(all);
    }

    private static PerMessageDeflate deflate(int level, int threshold) {
        DeflateSettings usual = DeflateSettings.DEFAULT;
        return new PerMessageDeflate(new DeflateSettings(
                level,
                threshold,
                usual.serverContextTakeover(),
                usual.clientContextTakeover(),
                usual.serverMaxWindowBits(),
                usual.clientMaxWindowBits()));
    }

    /** Ends the states that lie idle; connections that are still open end theirs. */
    @Override
    public void close() {
        deflates.values().forEach(PerMessageDeflate::close);
    }
}
