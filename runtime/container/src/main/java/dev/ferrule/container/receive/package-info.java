/**
 * The way in: one message sink per shape, and the serial, bounded dispatcher that runs callbacks. Knows neither frames nor
 * how messages go out.
 */
@NullMarked
package dev.ferrule.container.receive;

import org.jspecify.annotations.NullMarked;
