/**
 * Rooms in which people talk, in a browser: injected endpoints, JSON messages as records, a page of static files. Written
 * against the Jakarta APIs; only {@code Main} knows whose server it is.
 */
@NullMarked
package dev.ferrule.samples.chat;

import org.jspecify.annotations.NullMarked;
