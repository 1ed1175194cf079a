/**
 * The opening handshake as functions over heads (RFC 6455 §4). Knows neither bytes nor sockets: transports parse HTTP,
 * and hand over heads as values. Linear in its input, without regular expressions.
 */
@NullMarked
package dev.ferrule.engine.handshake;

import org.jspecify.annotations.NullMarked;
