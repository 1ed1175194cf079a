/**
 * The doors of the container: what a transport, a dependency-injection container or a coder library implements. Holds
 * contracts and values only; knows no other package of the container, and of the engine the two heads.
 */
@NullMarked
package dev.ferrule.container.spi;

import org.jspecify.annotations.NullMarked;
