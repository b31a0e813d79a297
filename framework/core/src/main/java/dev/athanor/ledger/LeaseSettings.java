package dev.athanor.ledger;

import dev.athanor.postgres.Pause;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How leases are taken.
 *
 * @param length how long a lease lives after its last heartbeat; heartbeats come every fifth of it
 * @param actor who is recorded as owner
 * @param process where it runs
 * @param pause for waiting
 * @param heartbeats runs the heartbeats; should have a daemon thread of its own
 */
public record LeaseSettings(
        Duration length, Actor actor, OwnProcess process, Pause pause, ScheduledExecutorService heartbeats) {

    /** Long enough for four lost heartbeats, short enough to wait for after a crash. */
    public static final Duration DEFAULT_LENGTH = Duration.ofSeconds(15);

    /** Heartbeats per lease length: some may be lost while the server restarts. */
    static final int BEATS = 5;

    public LeaseSettings {
        if (length.toMillis() < BEATS) {
            throw new IllegalArgumentException("A lease of " + length + " is too short");
        }
    }

    /** Leases of the default length for this process, with heartbeats on a daemon thread of their own. */
    public static LeaseSettings standard(Actor actor) {
        ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "athanor-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        return new LeaseSettings(DEFAULT_LENGTH, actor, OwnProcess.current(), Pause.real(), heartbeats);
    }

    Duration beat() {
        return length.dividedBy(BEATS);
    }
}
