/** What observers are told of connections. Holds values only; must not know who fires them. */
@NullMarked
package dev.ferrule.cdi.event;

import org.jspecify.annotations.NullMarked;
