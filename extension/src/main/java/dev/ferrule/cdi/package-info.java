/**
 * What applications see of the extension: the extension itself, for containers that are told of extensions by hand, and
 * qualifiers. Observes the container's life; what happens then is in the packages below. Must not know a transport or an
 * implementation of CDI.
 */
@NullMarked
package dev.ferrule.cdi;

import org.jspecify.annotations.NullMarked;
