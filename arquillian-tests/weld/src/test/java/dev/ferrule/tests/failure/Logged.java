package dev.ferrule.tests.failure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Ferrule logs meanwhile: message and cause. */
final class Logged extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.ferrule");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Logged() {
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(record.getMessage() + " " + record.getThrown());
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
