/**
 * JSON text to objects and back by JSON-B, for messages that no declared coder covers. Knows the container only through its
 * SPI, and no sessions, no transports, no CDI.
 */
@NullMarked
package dev.ferrule.json;

import org.jspecify.annotations.NullMarked;
