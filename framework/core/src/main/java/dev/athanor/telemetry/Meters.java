package dev.athanor.telemetry;

import java.util.List;
import java.util.Locale;

/**
 * All meters. Tags are bounded by what stands in revision files and settings: no data of users, no free text.
 *
 * <p>Gauges of a backfill exist while this process runs it and are removed when it ends, however it ends; so are those of the
 * lease at the end of the run. Counters and timers stay until the process ends.
 */
public enum Meters {
    /** Run time of the user's statement in each committed chunk. */
    CHUNK("athanor.chunk", Type.TIMER, "seconds", Tag.BACKFILL, "time of a chunk's statement, without waiting"),
    /** Rows between the bounds of committed chunks. */
    SCANNED("athanor.scanned", Type.COUNTER, "rows", Tag.BACKFILL, "rows walked over"),
    /** Rows that statements changed. */
    CHANGED("athanor.changed", Type.COUNTER, "rows", Tag.BACKFILL, "rows changed, retried ones included"),
    /** Rows walked over that the statement did not concern. */
    SKIPPED("athanor.skipped", Type.COUNTER, "rows", Tag.BACKFILL, "rows walked over that needed no change"),
    /** Rows set aside; a row that is tried again and fails again counts again. */
    QUARANTINED(
            "athanor.quarantined",
            Type.COUNTER,
            "rows",
            Tag.BACKFILL,
            "rows set aside because their data does not fit"),
    /** Rows that came back from the quarantine. */
    RELEASED("athanor.released", Type.COUNTER, "rows", Tag.BACKFILL, "rows taken back from the quarantine"),
    /** The planner's estimate when the backfill began. */
    ESTIMATED("athanor.estimated", Type.GAUGE, "rows", Tag.BACKFILL, "rows of the table when the backfill began"),
    /** The estimate less what was walked over, in earlier runs too; never below zero. */
    REMAINING("athanor.remaining", Type.GAUGE, "rows", Tag.BACKFILL, "rows still to be walked over, estimated"),
    /** Smoothed over about ten seconds. */
    RATE("athanor.rate", Type.GAUGE, "rows_per_second", Tag.BACKFILL, "speed, smoothed; pauses do not count"),
    /** What the next chunk may hold. */
    CHUNK_SIZE("athanor.chunk.size", Type.GAUGE, "rows", Tag.BACKFILL, "rows of the next chunk"),
    /** Zero while work stands still. */
    WORKERS_ALLOWED("athanor.workers.allowed", Type.GAUGE, "", Tag.BACKFILL, "chunks that may run at once now"),
    /** What the directive or an operator asks for. */
    WORKERS_WANTED("athanor.workers.wanted", Type.GAUGE, "", Tag.BACKFILL, "chunks at once if nothing held them back"),
    /** Of the worst signal, smoothed. */
    UTILISATION(
            "athanor.budget.utilisation",
            Type.GAUGE,
            "ratio",
            Tag.BACKFILL,
            "share of what the database bears; 1: too much"),
    /** One series for each reason met; at most one of a backfill is 1. */
    THROTTLED(
            "athanor.throttled", Type.GAUGE, "", Tag.REASON, "1: held back for this reason (a signal's name), else 0"),
    /** In the unit of its tag. */
    SIGNAL_VALUE("athanor.signal.value", Type.GAUGE, "", Tag.SIGNAL, "what a signal said last"),
    /** In the unit of its tag. */
    SIGNAL_LIMIT("athanor.signal.limit", Type.GAUGE, "", Tag.SIGNAL, "where that signal makes work stand still"),
    /** Only while the signal of that name is on. */
    REPLICA_LAG("athanor.replica.lag", Type.GAUGE, "seconds", Tag.BACKFILL, "how far the slowest standby is behind"),
    /** An operator's pause. */
    PAUSED("athanor.paused", Type.GAUGE, "", Tag.BACKFILL, "1: paused by an operator, else 0"),
    /** Passing faults. */
    CHUNK_RETRIES("athanor.chunk.retries", Type.COUNTER, "", Tag.SQLSTATE, "chunks tried again after a passing fault"),
    /** Statement timeouts, and the search for a row that does not fit. */
    CHUNKS_SHRUNK("athanor.chunk.shrunk", Type.COUNTER, "", Tag.SQLSTATE, "chunks tried again with fewer rows"),
    /** SQLSTATE 55P03; they are among the retries too. */
    LOCK_WAITS("athanor.lock.waits", Type.COUNTER, "", Tag.BACKFILL, "chunks that gave up waiting for a row lock"),
    /** The other ranges go on. */
    FAILED_RANGES("athanor.failed", Type.COUNTER, "ranges", Tag.BACKFILL, "ranges that failed for good"),
    /** Own VACUUMs between chunks. */
    VACUUM("athanor.vacuum", Type.TIMER, "seconds", Tag.BACKFILL, "time of a VACUUM between chunks"),
    /** Since this run took the lease. */
    LEASE_AGE("athanor.lease.age", Type.GAUGE, "seconds", Tag.NONE, "how long this run has held the lease"),
    /** Grows while the server is away. */
    HEARTBEAT_AGE("athanor.heartbeat.age", Type.GAUGE, "seconds", Tag.NONE, "since the lease was last renewed"),
    /** Lock timeouts, mostly. */
    SECTION_RETRIES("athanor.section.retries", Type.COUNTER, "", Tag.SECTION, "schema sections tried again"),
    /** Phases of the way up and of the way back. */
    PHASE("athanor.phase.duration", Type.TIMER, "seconds", Tag.PHASE, "time of a phase, and how it ended");

    /** Kinds of meters. */
    public enum Type {
        /** Only grows. */
        COUNTER,
        /** A number that goes up and down. */
        GAUGE,
        /** Counts and adds up times. */
        TIMER
    }

    /** Sets of tag keys. */
    private static final class Tag {
        static final List<String> NONE = List.of();
        static final List<String> BACKFILL = List.of("revision", "backfill", "table");
        static final List<String> REASON = List.of("revision", "backfill", "table", "reason");
        static final List<String> SIGNAL = List.of("revision", "backfill", "table", "signal", "unit");
        static final List<String> SQLSTATE = List.of("revision", "backfill", "table", "sqlstate");
        static final List<String> SECTION = List.of("revision", "section");
        static final List<String> PHASE = List.of("revision", "phase", "direction", "outcome");
    }

    private final String meter;
    private final Type type;
    private final String unit;
    private final List<String> tags;
    private final String tells;

    Meters(String meter, Type type, String unit, List<String> tags, String tells) {
        this.meter = meter;
        this.type = type;
        this.unit = unit;
        this.tags = tags;
        this.tells = tells;
    }

    /** Name in Micrometer, with dots. */
    public String meter() {
        return meter;
    }

    /** What kind of meter it is. */
    public Type type() {
        return type;
    }

    /** Base unit; empty for plain numbers, and for signals, whose unit is a tag. */
    public String unit() {
        return unit;
    }

    /** Tag keys, in order; those that the user adds to all meters come on top. */
    public List<String> tags() {
        return tags;
    }

    /** What it tells, in a line. */
    public String tells() {
        return tells;
    }

    /** Name in Prometheus; of a timer, what its {@code _count}, {@code _sum} and {@code _max} begin with. */
    public String prometheus() {
        String name = meter.replace('.', '_');
        String withUnit = unit.isEmpty() ? name : name + "_" + unit;
        return type == Type.COUNTER ? withUnit + "_total" : withUnit;
    }

    /** As a row of a table: name in Micrometer and in Prometheus, type, tags, meaning. */
    public String row() {
        return String.format(
                "| `%s` | `%s` | %s | %s | %s |",
                meter, prometheus(), type.name().toLowerCase(Locale.ROOT), String.join(", ", tags), tells);
    }
}
