package dev.ferrule.container;

import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.settings.SettingsException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The server's TLS identity from a key store file. */
final class KeyStores {
    private KeyStores() {}

    /**
     * The TLS context that the settings describe, or null when they name no key store.
     *
     * @throws SettingsException when the key store cannot be used; the message names the key, the path and the reason
     */
    static @Nullable SSLContext context(Settings settings) {
        String path = settings.get(Keys.KEYSTORE);
        if (path.isEmpty()) {
            return null;
        }
        if (!Files.isReadable(Path.of(path))) {
            throw wrong(path, "there is no file that can be read");
        }
        char[] password = settings.get(Keys.KEYSTORE_PASSWORD).toCharArray();
        try {
            KeyStore store = KeyStore.getInstance(new File(path), password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException broken) {
            throw wrong(path, String.valueOf(broken.getMessage()));
        }
    }

    private static SettingsException wrong(String path, String why) {
        return new SettingsException(
                Keys.KEYSTORE.key() + " is '" + path + "', which cannot be used as a key store: " + why);
    }
}
