/**
 * The ways in: a server to build and start, and what service loaders look for. Puts the rooms together; no other package of
 * the container depends on it.
 */
@NullMarked
package dev.ferrule.container;

import org.jspecify.annotations.NullMarked;
