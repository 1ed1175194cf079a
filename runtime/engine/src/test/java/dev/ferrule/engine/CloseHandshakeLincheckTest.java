package dev.ferrule.engine;

import dev.ferrule.engine.CloseHandshake.Outcome;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The close handshake under every interleaving that Lincheck finds: whatever threads do at once, they get the answers
 * that some order of their calls would give. {@code -Dferrule.lincheck.iterations=500}
 * looks longer, and lets threads race as well.
 */
public class CloseHandshakeLincheckTest {
    private static final int ITERATIONS = Integer.getInteger("ferrule.lincheck.iterations", 5);
    private static final int INVOCATIONS = 40 * ITERATIONS;

    private final CloseHandshake closing = new CloseHandshake();

    @Operation
    public boolean queueClose() {
        return closing.queueClose();
    }

    @Operation
    public Outcome closeSent() {
        return closing.closeSent();
    }

    @Operation
    public Outcome closeReceived() {
        return closing.closeReceived();
    }

    @Operation
    public Outcome outputEnded() {
        return closing.outputEnded();
    }

    @Operation
    public Outcome inputEnded() {
        return closing.inputEnded();
    }

    @Operation
    public Outcome failed() {
        return closing.failed();
    }

    @Operation
    public boolean isOutputOpen() {
        return closing.isOutputOpen();
    }

    @Operation
    public boolean isClean() {
        return closing.isClean();
    }

    @Test
    void everyInterleavingAnswersLikeSomeOrder() {
        new ModelCheckingOptions()
                .iterations(ITERATIONS)
                .invocationsPerIteration(INVOCATIONS)
                .threads(3)
                .actorsPerThread(3)
                .check(getClass());
    }

    @Test
    @EnabledIfSystemProperty(named = "ferrule.lincheck.iterations", matches = "\\d+")
    void threadsThatRaceGetAnswersLikeInSomeOrder() {
        new StressOptions()
                .iterations(ITERATIONS)
                .invocationsPerIteration(INVOCATIONS)
                .threads(2)
                .actorsPerThread(4)
                .check(getClass());
    }
}
