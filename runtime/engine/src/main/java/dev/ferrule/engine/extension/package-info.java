/**
 * Extensions (RFC 6455 §9): the header grammar, the contract by which applications install their own, and
 * permessage-deflate (RFC 7692), which is built on that contract. Public; knows neither the halves nor the handshakes.
 */
@NullMarked
package dev.ferrule.engine.extension;

import org.jspecify.annotations.NullMarked;
