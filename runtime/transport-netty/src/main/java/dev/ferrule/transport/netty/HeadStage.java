package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;

/** A stage that reads heads, until the connection becomes a {@link BytePump}. */
abstract class HeadStage extends Stage {
    /** What came behind the last head; the pump's from its beginning on. */
    final Deque<ByteBuf> unread = new ArrayDeque<>(2);

    /** Whether the peer has ended its output. */
    boolean inputEnded;
}
