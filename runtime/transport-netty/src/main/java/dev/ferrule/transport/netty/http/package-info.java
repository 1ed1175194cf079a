/**
 * Answers to plain HTTP requests: what an application ships beside its endpoints. Knows heads and responses, neither sockets
 * nor Netty.
 */
@NullMarked
package dev.ferrule.transport.netty.http;

import org.jspecify.annotations.NullMarked;
