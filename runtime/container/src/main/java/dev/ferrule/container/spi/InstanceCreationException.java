package dev.ferrule.container.spi;

/** An application object could not be made. The message names the class and the reason, the cause is what was thrown. */
public final class InstanceCreationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InstanceCreationException(String message, Throwable cause) {
        super(message, cause);
    }
}
