/**
 * Test peers on the wire: frames and handshakes built byte by byte, so that they can be wrong on purpose, and blocking
 * sockets whose every wait has an end; and the probe that finds what a test left behind. Knows no Ferrule type, so that a bug of ours cannot hide in the peer that looks for it.
 */
@NullMarked
package dev.ferrule.wirekit;

import org.jspecify.annotations.NullMarked;
