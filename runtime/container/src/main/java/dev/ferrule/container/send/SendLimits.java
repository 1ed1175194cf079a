package dev.ferrule.container.send;

import dev.ferrule.container.settings.OverflowPolicy;

/**
 * How much may wait in a session's queue.
 *
 * @param capBytes the most bytes that wait; a single message may be larger when nothing else waits
 * @param highBytes above it senders that may wait do
 * @param lowBytes how far the queue must have emptied before they go on
 * @param policy what happens over the cap
 */
public record SendLimits(int capBytes, int highBytes, int lowBytes, OverflowPolicy policy) {}
