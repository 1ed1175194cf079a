/**
 * The way out: one ordered, bounded queue per session, one drainer, and the remotes in front of it. Knows neither the
 * session's life nor how messages come in.
 */
@NullMarked
package dev.ferrule.container.send;

import org.jspecify.annotations.NullMarked;
