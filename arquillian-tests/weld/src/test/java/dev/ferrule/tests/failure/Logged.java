package dev.ferrule.tests.failure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What Ferrule and Weld log meanwhile: message and cause. */
final class Logged extends Handler implements AutoCloseable {
    private final List<Logger> loggers = List.of(Logger.getLogger("dev.ferrule"), Logger.getLogger("org.jboss.weld"));
    private final Formatter formatter = new SimpleFormatter();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Logged() {
        loggers.forEach(logger -> logger.addHandler(this));
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(formatter.formatMessage(record) + " " + record.getThrown());
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        loggers.forEach(logger -> logger.removeHandler(this));
    }
}
