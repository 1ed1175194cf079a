package dev.ferrule.container.send;

import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;

/**
 * A message that was encoded once and goes to many sessions. Immutable: nobody changes or releases its bytes.
 *
 * @param type text or binary
 * @param payload the bytes, text as UTF-8
 */
public record Prepared(Opcode type, ByteBuffer payload) {}
