/**
 * The CDI contexts of connections and callbacks, and how they reach other threads. Must not know endpoints, beans of a particular
 * kind, or the server.
 */
@NullMarked
package dev.ferrule.cdi.context;

import org.jspecify.annotations.NullMarked;
