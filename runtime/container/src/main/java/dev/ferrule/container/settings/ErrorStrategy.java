package dev.ferrule.container.settings;

/** What happens to a connection whose peer sent a message that cannot be decoded, when the endpoint has no error method. */
public enum ErrorStrategy {
    /** The message is dropped, and the connection stays. */
    KEEP,
    /** The connection is closed with 1007: the message's content does not fit its type. */
    CLOSE_1007,
    /** The connection is closed with 1003: such messages are not accepted here. */
    CLOSE_1003
}
