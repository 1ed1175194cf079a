/**
 * What stands before handshakes and callbacks: roles and the validity of messages. Must not know how connections are observed, nor
 * the server.
 */
@NullMarked
package dev.ferrule.cdi.guard;

import org.jspecify.annotations.NullMarked;
