/**
 * The words that all of the engine shares: who we are, what is too much, and how a peer's mistake is told. The leaf of
 * the module: knows no other package.
 */
@NullMarked
package dev.ferrule.engine.api;

import org.jspecify.annotations.NullMarked;
