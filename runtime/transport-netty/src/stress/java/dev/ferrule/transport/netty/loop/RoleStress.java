package dev.ferrule.transport.netty.loop;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The role under a real memory: what each holder did before the role left him is seen by the next one. What is not listed as
 * acceptable is forbidden. Minutes on all processors, and so no part of the build:
 * {@code mvn verify -Pjcstress -DskipTests -pl runtime/transport-netty -am}
 */
public class RoleStress {
    private RoleStress() {}

    /** A role that somebody holds, who may make an offer, and something that belongs to the role. */
    abstract static class Held {
        final Object holder = new Object();
        final Role.Offer<Object> offer = new Role.Offer<>(holder);
        final Role<Object> role = new Role<>();
        int confined;

        Held() {
            role.begin(holder);
        }

        /** What a taker sees of what belongs to the role, or -1 when there was nothing to take. */
        int take() {
            Role.Offer<Object> seen = role.offered();
            return seen != null && role.take(seen, new Object()) ? confined : -1;
        }

        /** A callback: 1 when its thread kept the role. */
        int callback() {
            role.offer(offer);
            return role.takeBack(offer) ? 1 : 0;
        }
    }

    /** One callback, and somebody who would like to take its loop. */
    @JCStressTest
    @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "the role was kept")
    @Outcome(id = "0, 7", expect = ACCEPTABLE_INTERESTING, desc = "it was lost to one who sees what was done")
    @State
    public static class OneTaker extends Held {
        @Actor
        public void holder(II_Result result) {
            confined = 7;
            result.r1 = callback();
        }

        @Actor
        public void taker(II_Result result) {
            result.r2 = take();
        }
    }

    /** Only one of two takes the role. */
    @JCStressTest
    @Outcome(id = "1, -1, -1", expect = ACCEPTABLE, desc = "the role was kept")
    @Outcome(id = "0, 7, -1", expect = ACCEPTABLE_INTERESTING, desc = "the first taker has it")
    @Outcome(id = "0, -1, 7", expect = ACCEPTABLE_INTERESTING, desc = "the second taker has it")
    @State
    public static class TwoTakers extends Held {
        @Actor
        public void holder(III_Result result) {
            confined = 7;
            result.r1 = callback();
        }

        @Actor
        public void taker(III_Result result) {
            result.r2 = take();
        }

        @Actor
        public void other(III_Result result) {
            result.r3 = take();
        }
    }

    /** The same offer twice: who read it the first time and takes it the second sees what was done until then. */
    @JCStressTest
    @Outcome(id = "2, -1", expect = ACCEPTABLE, desc = "the role was kept")
    @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "it was lost in the first callback")
    @Outcome(id = "1, 2", expect = ACCEPTABLE_INTERESTING, desc = "it was lost in the second callback")
    @State
    public static class TheSameOfferTwice extends Held {
        @Actor
        public void holder(II_Result result) {
            confined = 1;
            result.r1 = callback();
            if (result.r1 == 1) {
                confined = 2;
                result.r1 += callback();
            }
        }

        @Actor
        public void taker(II_Result result) {
            result.r2 = take();
        }
    }

    /** What the taker did is seen by the next one in turn, here after he passed the role on. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "the role was not there yet")
    @Outcome(id = "7", expect = ACCEPTABLE_INTERESTING, desc = "who was given the role sees what was done before")
    @State
    public static class Passed extends Held {
        final Object next = new Object();

        @Actor
        public void holder() {
            confined = 7;
            role.pass(next);
        }

        @Actor
        public void next(I_Result result) {
            result.r1 = role.isHeldBy(next) ? confined : -1;
        }
    }

    /**
     * A task that is submitted while a callback ends: the loop finds it, or it is woken. The submitter wakes nobody when he
     * sees an offer, so that who has the role again must see the task.
     */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "found, and nobody woken")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "found, and woken needlessly")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "not found, but woken")
    @State
    public static class SubmittedMeanwhile extends Held {
        private final Queue<Object> submitted = new ConcurrentLinkedQueue<>();

        @Actor
        public void holder(II_Result result) {
            callback();
            result.r1 = submitted.poll() == null ? 0 : 1;
        }

        @Actor
        public void submitter(II_Result result) {
            submitted.add(this);
            result.r2 = role.isHeld() ? 1 : 0;
        }
    }

    /** A counter that belongs to the role loses nothing, whoever has it. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "kept by the first")
    @Outcome(id = "1, 2", expect = ACCEPTABLE_INTERESTING, desc = "taken by the second")
    @State
    public static class Counted extends Held {
        @Actor
        public void holder() {
            confined++;
            if (callback() == 1) {
                confined++;
            }
        }

        @Actor
        public void taker(II_Result result) {
            Role.Offer<Object> seen = role.offered();
            if (seen != null && role.take(seen, this)) {
                confined++;
                result.r1 = 1;
            }
        }

        @Arbiter
        public void sum(II_Result result) {
            result.r2 = confined;
        }
    }
}
