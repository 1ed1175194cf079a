/**
 * Sessions: the glue between engine and transport, the registry, timeouts, and the surroundings of every callback. Knows
 * neither how endpoints are deployed nor how connections come about.
 */
@NullMarked
package dev.ferrule.container.session;

import org.jspecify.annotations.NullMarked;
