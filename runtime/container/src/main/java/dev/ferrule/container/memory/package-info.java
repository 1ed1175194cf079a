/** A transport without a network: connections between containers of one JVM, for tests. Knows no other package but the SPI. */
@NullMarked
package dev.ferrule.container.memory;

import org.jspecify.annotations.NullMarked;
