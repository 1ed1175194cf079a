package dev.ferrule.transport.netty.loop;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The role under every interleaving that Lincheck finds: whatever threads do at once, they get the answers that some order of
 * their calls would give, and a plain counter that belongs to the role loses nothing.
 * {@code -Dferrule.lincheck.iterations=500} looks longer, and lets threads race as well.
 */
@Param(name = "self", gen = ThreadIdGen.class)
public class RoleLincheckTest {
    private static final int ITERATIONS = Integer.getInteger("ferrule.lincheck.iterations", 10);
    private static final int INVOCATIONS = 40 * ITERATIONS;
    private static final int MOST_THREADS = 8;

    private final Role<Integer> role = new Role<>();
    private final Integer[] threads = new Integer[MOST_THREADS];
    private final Role.Offer<?>[] offers = new Role.Offer<?>[MOST_THREADS];
    private int counter;

    public RoleLincheckTest() {
        for (int i = 0; i < MOST_THREADS; i++) {
            threads[i] = i;
            offers[i] = new Role.Offer<>(threads[i]);
        }
        role.begin(threads[1]); // the first thread of those that run at once
        role.offer(offerOf(1));
    }

    @SuppressWarnings("unchecked")
    private Role.Offer<Integer> offerOf(int thread) {
        return (Role.Offer<Integer>) offers[thread];
    }

    @Operation
    public boolean offer(@Param(name = "self") int self) {
        boolean held = role.isHeldBy(threads[self]);
        if (held) {
            role.offer(offerOf(self));
        }
        return held;
    }

    @Operation
    public boolean takeBack(@Param(name = "self") int self) {
        return role.takeBack(offerOf(self));
    }

    /** Takes what another thread offers; 0 when nothing was there to take. */
    @Operation
    public int takeOver(@Param(name = "self") int self) {
        Role.Offer<Integer> offer = role.offered();
        boolean taken = offer != null && offer.by() != self && role.take(offer, threads[self]);
        return taken ? ++counter : 0;
    }

    @Operation
    public boolean passToTheNext(@Param(name = "self") int self) {
        boolean held = role.isHeldBy(threads[self]);
        if (held) {
            role.pass(threads[(self + 1) % 4]);
        }
        return held;
    }

    /** What belongs to the role: only who has it counts. */
    @Operation
    public int count(@Param(name = "self") int self) {
        return role.isHeldBy(threads[self]) ? ++counter : 0;
    }

    @Operation
    public boolean end(@Param(name = "self") int self) {
        boolean held = role.isHeldBy(threads[self]);
        if (held) {
            role.end();
        }
        return held;
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
