/**
 * Who observes connections, and how they are told: nothing is fired that nobody observes. Must not know endpoints, the server, or
 * how contexts work.
 */
@NullMarked
package dev.ferrule.cdi.observe;

import org.jspecify.annotations.NullMarked;
