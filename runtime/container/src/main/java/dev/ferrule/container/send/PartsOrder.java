package dev.ferrule.container.send;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits, with what may not go out yet: a message in parts keeps other data back until its last part.
 *
 * <p>Threading: guarded by the queue's monitor.
 */
class PartsOrder extends Waiting {
    private @Nullable Object messageInParts;
    private @Nullable Thread messageInPartsBy;

    /** Null while there is nothing, as nearly always. */
    private @Nullable HeldBack heldBack;

    private static final class HeldBack {
        final Queue<Entry> entries = new ArrayDeque<>();
        long bytes;

        boolean hasBegun(Object message) {
            boolean begun = false;
            for (Entry entry : entries) {
                if (entry.waiting instanceof Outbound.Data part && part.message() == message) {
                    begun = !part.last();
                }
            }
            return begun;
        }
    }

    private record Entry(Outbound waiting, Thread by) {}

    /** Adds data behind what was there before, or holds it back. */
    final void admit(Outbound.Data message, Thread by) {
        if (messageInParts != null && !goesOn(message.message())) {
            holdBack(message, by);
            return;
        }
        append(message);
        boolean open = !message.last();
        messageInParts = open ? message.message() : null;
        messageInPartsBy = open ? by : null;
        if (!open && heldBack != null) {
            Queue<Entry> released = heldBack.entries;
            heldBack = null;
            released.forEach(this::admitAgain);
        }
    }

    private void admitAgain(Entry entry) {
        if (entry.waiting instanceof Outbound.Data data) {
            admit(data, entry.by);
        } else {
            admitMark(entry.waiting, entry.by);
        }
    }

    /** Adds a mark behind all, also behind what is held back; but whoever is to send the last part would wait for himself there. */
    final void admitMark(Outbound mark, Thread by) {
        if (heldBack == null || messageInPartsBy == by) {
            append(mark);
        } else {
            holdBack(mark, by);
        }
    }

    private void holdBack(Outbound entry, Thread by) {
        HeldBack back = heldBack;
        if (back == null) {
            back = new HeldBack();
            heldBack = back;
        }
        back.entries.add(new Entry(entry, by));
        back.bytes += entry.cost();
    }

    /** Whether a part of this message is one of the message whose last part is still to come. */
    final boolean goesOn(@Nullable Object message) {
        return message != null && message == messageInParts;
    }

    /** Whether a part of this message has been admitted, or held back, and its last one has not: without the rest it never ends. */
    final boolean hasBegun(@Nullable Object message) {
        return goesOn(message) || (message != null && heldBack != null && heldBack.hasBegun(message));
    }

    /** Whether a thread began a message in parts, another one than this, and has not ended it. */
    final boolean isInPartsBy(Thread thread, @Nullable Object message) {
        return messageInParts != null && messageInParts != message && messageInPartsBy == thread;
    }

    /** What everything that is held back costs together. */
    final long heldBackBytes() {
        return heldBack == null ? 0 : heldBack.bytes;
    }

    /** Shows all that is held back to somebody who changes nothing. */
    final void forEachHeldBack(Consumer<Outbound> looksAtIt) {
        if (heldBack != null) {
            heldBack.entries.forEach(entry -> looksAtIt.accept(entry.waiting));
        }
    }

    /** Takes out all that is held back, and adds it to a list in its order. */
    final void takeHeldBack(List<Outbound> into) {
        forEachHeldBack(into::add);
        heldBack = null;
    }
}
