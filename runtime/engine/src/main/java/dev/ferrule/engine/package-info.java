/**
 * The engine as one value per connection: bytes in, events out, and frames for what is to be sent. It puts the packages
 * below together and none of them knows it. Knows no thread, clock, socket, log or session; who calls which half is said
 * in {@link dev.ferrule.engine.ProtocolEngine}.
 */
@NullMarked
package dev.ferrule.engine;

import org.jspecify.annotations.NullMarked;
