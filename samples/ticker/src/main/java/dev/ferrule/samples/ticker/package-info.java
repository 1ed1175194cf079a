/**
 * A live market in a browser: records in and out as JSON with nothing to write for it, and every tick is one object that goes
 * to everybody.
 */
@NullMarked
package dev.ferrule.samples.ticker;

import org.jspecify.annotations.NullMarked;
