package dev.athanor.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Who holds the lease, as the server's clock sees it.
 *
 * @param owner actor
 * @param process where it runs
 * @param token its fencing token
 * @param heartbeatAt time of its last heartbeat
 * @param held since how long
 * @param silent since its last heartbeat
 * @param length of the lease: what a heartbeat adds
 * @param free whether anybody may take it: released, or expired
 * @param released whether it was given back properly
 */
public record LeaseHolder(
        String owner,
        OwnProcess process,
        long token,
        Instant heartbeatAt,
        Duration held,
        Duration silent,
        Duration length,
        boolean free,
        boolean released) {
    private static final double FRESH_BEATS = 1.5;

    /** Until the lease expires, if no heartbeat comes; never negative. */
    public Duration remaining() {
        Duration left = length.minus(silent);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether a heartbeat is missing: it is late by half of the time between two. */
    public boolean isSilent() {
        return silent.toMillis() > FRESH_BEATS * length.toMillis() / LeaseSettings.BEATS;
    }

    /** For messages: owner, host, pid and times. */
    public String describe() {
        return "'" + owner + "' on host '" + process.host() + "' (pid " + process.pid() + ") since " + seconds(held)
                + ", last heartbeat " + seconds(silent) + " ago";
    }

    private static String seconds(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
