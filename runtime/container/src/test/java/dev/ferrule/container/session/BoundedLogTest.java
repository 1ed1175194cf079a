package dev.ferrule.container.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedLogTest {
    private final Logger logger = Logger.getLogger(BoundedLog.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void record() {
        logger.addHandler(recorder);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void restore() {
        logger.removeHandler(recorder);
        logger.setUseParentHandlers(true);
    }

    @Test
    void aFloodIsOneLineAndThenANumber() {
        long now = Long.MAX_VALUE - 5;
        BoundedLog log = new BoundedLog(now);
        for (int i = 0; i < 1000; i++) {
            log.warn("line " + i, now + i);
        }
        log.warn("later", now + BoundedLog.PAUSE.toNanos());
        log.warn("too soon", now + BoundedLog.PAUSE.toNanos() + 1);
        log.warn("last", now + 3 * BoundedLog.PAUSE.toNanos());
        assertThat(lines).containsExactly("line 0", "later (and 999 more before)", "last (and 1 more before)");
    }

    @Test
    void whatSomeTakeForTheEndOfALineOrForACommandIsLeftOut() {
        new BoundedLog(0).warn("a\u0085b\u009bc\u2028d\u2029e", 0);
        assertThat(lines).containsExactly("a b c d e");
    }

    @Test
    void aLineIsShortAndOne() {
        new BoundedLog(0).warn("a\nb\u001b[31m" + "x".repeat(5000), 0);
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("a b [31mx").hasSizeLessThan(1100));
    }
}
