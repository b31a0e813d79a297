package dev.athanor.migration;

import java.time.Duration;
import java.util.Map;

/**
 * How fast and how patiently an operation works, whatever it is: what stands on its directive in a SQL file. It does not
 * count for the checksum. What nothing of the operation would listen to is refused when revisions are read. Never changes:
 * every method gives another pace.
 *
 * <pre>{@code
 * migration.operation(
 *         renameColumn("tickets", "status", "state"),
 *         pace().targetChunkTime(Duration.ofMillis(50)).lockTimeout(Duration.ofMillis(200)));
 * }</pre>
 */
public final class Pace {
    private final Map<String, String> options;

    private Pace(Map<String, String> options) {
        this.options = options;
    }

    /** The usual pace. */
    public static Pace pace() {
        return new Pace(Map.of());
    }

    /** The same with chunks of so many rows, at least 1. Default: as many as the target time allows. */
    public Pace chunkSize(int rows) {
        return with("chunk-size", Integer.toString(rows));
    }

    /** The same with another time that one chunk of a backfill should take, from 1 ms to 24 days. */
    public Pace targetChunkTime(Duration time) {
        return with("target-chunk-time", time.toString());
    }

    /** The same with a hard cap on the rows of a backfill over all workers. */
    public Pace maxRowsPerSecond(int rows) {
        return with("max-rows-per-second", Integer.toString(rows));
    }

    /** The same with so many ranges of the table walked side by side, from 1 to 1000. */
    public Pace workers(int workers) {
        return with("workers", Integer.toString(workers));
    }

    /** The same with a VACUUM of the table after each so many walked rows. Default: none. */
    public Pace vacuumEveryRows(long rows) {
        return with("vacuum-every-rows", Long.toString(rows));
    }

    /** The same with another longest wait for a lock behind which others have to wait, from 1 ms to 24 days. */
    public Pace lockTimeout(Duration timeout) {
        return with("lock-timeout", timeout.toString());
    }

    /** The same, with what takes such a lock tried again so many times. */
    public Pace retries(int retries) {
        return with("retries", Integer.toString(retries));
    }

    /** What a SQL file would have on the directive: {@code lock-timeout} to {@code PT0.2S} and the like. */
    public Map<String, String> options() {
        return options;
    }

    private Pace with(String option, String value) {
        return new Pace(Sql.joined(options, Map.of(option, value)));
    }
}
