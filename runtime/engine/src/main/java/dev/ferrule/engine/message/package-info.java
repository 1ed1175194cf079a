/**
 * Messages (RFC 6455 §5.4, §8.1): which frame may follow which, the bytes of a message in the making, text that is
 * UTF-8. Knows neither frame bytes nor handlers.
 */
@NullMarked
package dev.ferrule.engine.message;

import org.jspecify.annotations.NullMarked;
