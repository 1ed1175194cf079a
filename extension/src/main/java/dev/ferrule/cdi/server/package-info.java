/**
 * The embedded server of a CDI container: what is deployed into it, where its settings come from, when it starts and stops.
 * Must not know how classes are discovered.
 */
@NullMarked
package dev.ferrule.cdi.server;

import org.jspecify.annotations.NullMarked;
