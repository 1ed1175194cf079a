package dev.ferrule.container.client;

import dev.ferrule.container.connect.ReconnectPolicy;
import dev.ferrule.container.session.FerruleSession;
import dev.ferrule.container.session.Ongoing;
import jakarta.websocket.CloseReason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection up: when its session is lost, waits as the policy says and connects again, until the policy gives up, the
 * application closes the session or the container is closed.
 *
 * <p>Threading: the end of a session, a wait and an attempt follow one another, on callback threads; {@link #end} comes from
 * anywhere.
 */
final class Reconnection implements Ongoing.Entry {
    private static final Logger LOG = System.getLogger(Reconnection.class.getName());

    private final ClientConnector connector;
    private final Plan plan;
    private final ReconnectPolicy policy;
    private CloseReason reason = new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, null);
    private int failures;
    private volatile @Nullable CompletableFuture<Void> pause;

    Reconnection(ClientConnector connector, Plan plan, ReconnectPolicy policy) {
        this.connector = connector;
        this.plan = plan;
        this.policy = policy;
    }

    /** A session of this connection is over, and its {@code onClose} has returned. */
    void ended(FerruleSession session, Duration lasted) {
        if (!session.endedHere()) {
            reason = session.endReason();
            guarded(() -> {
                failures = lasted.compareTo(policy.stableAfter()) >= 0 ? 0 : failures + 1;
                decide(null);
            });
        }
    }

    private void failed(Throwable cause) {
        failures++;
        guarded(() -> decide(cause));
    }

    private void guarded(Runnable decision) {
        try {
            decision.run();
        } catch (RuntimeException | Error broken) {
            LOG.log(
                    Level.WARNING,
                    "The connection to " + Target.shown(plan.uri()) + " stays lost: its reconnect policy threw",
                    broken);
        }
    }

    private void decide(@Nullable Throwable cause) {
        if (plan.container().ongoing().isClosed()) {
            return;
        }
        Duration wait = policy.next(new ReconnectPolicy.Lost(plan.uri(), reason, failures, cause));
        if (wait == null) {
            LOG.log(
                    Level.DEBUG,
                    () -> "The connection to " + Target.shown(plan.uri()) + " stays lost after " + failures
                            + " failures");
            return;
        }
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        pause = waiting;
        if (plan.container().ongoing().add(this)) {
            waiting.whenComplete((done, ended) -> {
                if (ended == null) {
                    again();
                }
            });
            Delays.begin(() -> waiting.completeOnTimeout(null, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS));
        }
    }

    private void again() {
        plan.container().ongoing().remove(this);
        // Its first step goes to the callback threads: nothing of it runs on the thread that keeps the time.
        new Connecting(connector, plan, connector.services().callbacks(), this)
                .start()
                .whenComplete((session, failure) -> {
                    if (failure != null) {
                        decideElsewhere(failure);
                    }
                });
    }

    private void decideElsewhere(Throwable failure) {
        try {
            connector.services().callbacks().execute(() -> failed(failure));
        } catch (RejectedExecutionException stopped) {
            LOG.log(Level.DEBUG, () -> "The container has stopped: nothing reconnects to " + Target.shown(plan.uri()));
        }
    }

    @Override
    public CompletableFuture<?> end() {
        CompletableFuture<Void> waiting = pause;
        if (waiting != null) {
            waiting.cancel(false);
        }
        return CompletableFuture.completedFuture(null);
    }
}
