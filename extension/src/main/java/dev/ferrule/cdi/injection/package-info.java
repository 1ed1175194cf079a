/**
 * What applications inject: the server everywhere, and of a connection what belongs to it. Must not know how endpoints are
 * discovered, made or deployed.
 */
@NullMarked
package dev.ferrule.cdi.injection;

import org.jspecify.annotations.NullMarked;
