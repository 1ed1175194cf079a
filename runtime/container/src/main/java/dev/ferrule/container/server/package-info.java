/** The server: deployment of endpoints, the opening handshake and its policy, plain HTTP on endpoint paths. */
@NullMarked
package dev.ferrule.container.server;

import org.jspecify.annotations.NullMarked;
