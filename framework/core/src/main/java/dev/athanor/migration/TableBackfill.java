package dev.athanor.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What all backfills can be told, whatever they do with the rows. Never changes: every method gives another step.
 *
 * @param <B> the kind of backfill that the methods give
 */
public abstract sealed class TableBackfill<B extends TableBackfill<B>> implements Step.Backfill
        permits SqlBackfill, UpdateBackfill, RowBackfill {
    private final Map<String, String> options;

    TableBackfill(Map<String, String> options) {
        this.options = options;
    }

    /** The same with these key columns, written as in SQL. Default: the primary key, else a not-null unique index. */
    public B key(String... columns) {
        return with("key", String.join(",", columns));
    }

    /** The same with a name for messages and commands, without blanks. Default: {@code backfill-1} and so on. */
    public B name(String name) {
        return with("name", name);
    }

    /** The same with a condition that is added to the key range. */
    public B where(String condition) {
        return with("where", condition);
    }

    /** The same with chunks of so many rows, at least 1. Default: as many as the target time allows. */
    public B chunkSize(int rows) {
        return with("chunk-size", Integer.toString(rows));
    }

    /** The same with another time that one chunk should take, from 1 ms to 24 days. */
    public B targetChunkTime(Duration time) {
        return with("target-chunk-time", time.toString());
    }

    /** The same with a hard cap over all workers. */
    public B maxRowsPerSecond(int rows) {
        return with("max-rows-per-second", Integer.toString(rows));
    }

    /** The same with so many ranges of the table walked side by side, from 1 to 1000. */
    public B workers(int workers) {
        return with("workers", Integer.toString(workers));
    }

    /** The same with another longest wait for one row lock, from 1 ms to 24 days. */
    public B lockTimeout(Duration timeout) {
        return with("lock-timeout", timeout.toString());
    }

    /** The same with another longest run of one chunk's statement, from 1 ms to 24 days. */
    public B statementTimeout(Duration timeout) {
        return with("statement-timeout", timeout.toString());
    }

    /** The same with a bound on the tries of one chunk. */
    public B retries(int retries) {
        return with("retries", Integer.toString(retries));
    }

    /** The same, setting aside up to so many rows whose data does not fit; 0 by default: the first one fails its range. */
    public B skipLimit(long rows) {
        return with("skip-limit", Long.toString(rows));
    }

    /** The same with a VACUUM of the table after each so many walked rows. Default: none. */
    public B vacuumEveryRows(long rows) {
        return with("vacuum-every-rows", Long.toString(rows));
    }

    /** The same at work only in these hours, written as {@code 22:00-06:00 Europe/Paris}. Default: at any time. */
    public B window(String hours) {
        return with("window", hours);
    }

    /** The same stopping at a clean checkpoint at that moment. Default: never. */
    public B deadline(Instant time) {
        return with("deadline", time.toString());
    }

    @Override
    public Map<String, String> options() {
        return options;
    }

    /** The same with one option more, or with another value of it. */
    final B with(String option, String value) {
        return copy(Sql.joined(options, Map.of(option, value)));
    }

    /** The same kind of step with these options. */
    abstract B copy(Map<String, String> changed);
}
