package dev.ferrule.wirekit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Watches for virtual threads that held on to their carrier while they waited. Sees nothing on a JDK without virtual threads.
 *
 * <p>Threading: one thread owns it; what is watched is the whole process.
 */
public final class PinnedThreads implements AutoCloseable {
    private static final String EVENT = "jdk.VirtualThreadPinned";

    /** A shorter wait costs the others less than a busy machine does. */
    private static final Duration LONG = Duration.ofMillis(20);

    private final Recording recording = new Recording();

    /** Starts to watch. */
    public PinnedThreads() {
        recording.enable(EVENT).withThreshold(LONG).withStackTrace();
        recording.start();
    }

    /**
     * What was seen so far: the stack of each such wait of more than 20 ms, top first. Waits of a class loader are left out: no
     * code can avoid them.
     */
    public List<String> seen() throws IOException {
        Path file = Files.createTempFile("pinned", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(EVENT))
                    .map(PinnedThreads::stack)
                    .filter(stack -> !stack.contains("ClassLoader"))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static String stack(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null) {
            return event.toString();
        }
        StringBuilder text = new StringBuilder();
        for (RecordedFrame frame : trace.getFrames()) {
            text.append(frame.getMethod().getType().getName())
                    .append('.')
                    .append(frame.getMethod().getName())
                    .append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        recording.close();
    }
}
