/**
 * Encoders and decoders: which one serves which generic type, and the life of their instances. Knows neither sessions nor
 * callbacks.
 */
@NullMarked
package dev.ferrule.container.coder;

import org.jspecify.annotations.NullMarked;
