/** The CDI contexts around callbacks. Must not know endpoints, beans of a particular kind, or the server. */
@NullMarked
package dev.ferrule.cdi.context;

import org.jspecify.annotations.NullMarked;
