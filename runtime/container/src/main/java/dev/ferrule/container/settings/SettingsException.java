package dev.ferrule.container.settings;

/** One or more settings have values that they cannot have. The message names every key, its value and what is allowed. */
public final class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }
}
