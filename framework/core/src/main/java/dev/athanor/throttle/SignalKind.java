package dev.athanor.throttle;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The signals that come with Athanor: name, unit, default limit with its reason, and how often each is looked at. */
public enum SignalKind {
    /**
     * Time that a chunk takes for a row, as a multiple of what it took over the last hundred chunks or so. 10: checkpoints and
     * a cold cache make rows three or four times as dear for a moment, ten times is a server in trouble.
     */
    CHUNK_LATENCY("chunk-latency", SignalUnit.TIMES, 10, Need.DEFAULT),
    /**
     * Seconds by which the slowest standby is behind, logical subscribers included. 5 s: those who read from a standby put up
     * with a few seconds, and the work of five seconds is caught up soon after a stop.
     */
    REPLICA_LAG("replica-lag", SignalUnit.SECONDS, 5, Need.STATISTICS),
    /**
     * WAL that the slowest standby has not replayed. 1 GB: as much as a server by its default ({@code max_wal_size}) writes
     * between two checkpoints, so that a standby is never further behind than a crash recovery would be.
     */
    REPLICA_LAG_BYTES("replica-lag-bytes", SignalUnit.BYTES, 1L << 30, Need.STATISTICS),
    /**
     * WAL segments that are not archived yet. 64, 1 GB with segments of 16 MB: an archive that fails or is slow fills the disk
     * of {@code pg_wal}, and a server whose disk is full stops.
     */
    WAL_ARCHIVE("wal-archive", SignalUnit.SEGMENTS, 64, Need.DEFAULT),
    /** WAL that the whole server writes in a second. No default: what disk and network bear is known on the spot only. */
    WAL_RATE("wal-rate", SignalUnit.BYTES_PER_SECOND, Double.NaN, Need.LIMIT),
    /**
     * Sessions that wait for a lock that one of our sessions holds. 4: one that waits for a row for the length of a chunk is
     * normal, four at the same moment say that chunks hold what the application needs.
     */
    BLOCKED_SESSIONS("blocked-sessions", SignalUnit.SESSIONS, 4, Need.DEFAULT),
    /**
     * Sessions of others that are at work, for each core ({@code server-cores}, which no SQL tells; off until it is given). 2:
     * with more than two for a core everybody waits for everybody.
     */
    ACTIVE_SESSIONS("active-sessions", SignalUnit.PER_CORE, 2, Need.CORES),
    /**
     * Autovacuum workers on the table or its partitions. 3, which is {@code autovacuum_max_workers} by default: one is a help
     * and only goes slower beside us, but when all of them are busy here no other table is cleaned.
     */
    AUTOVACUUM("autovacuum", SignalUnit.WORKERS, 3, Need.STATISTICS),
    /**
     * Age of the oldest transaction of others in the database, prepared ones included. 1 h: as long as it lives, no VACUUM can
     * remove the old row versions that a backfill leaves, so the table would grow and grow; most reports are done by then.
     */
    OLDEST_TRANSACTION("oldest-transaction", SignalUnit.SECONDS, 3600, Need.STATISTICS),
    /** A query of yours that gives one number, with {@code user-query-limit}. No default: it means what you mean. */
    USER_QUERY("user-query", SignalUnit.NONE, Double.NaN, Need.VALUE),
    /** A URL that answers 2xx as long as all is well; anything else, such as 429 or 503, is the limit. */
    HTTP_PROBE("http-probe", SignalUnit.NONE, 1, Need.VALUE),
    /** A file on the machine that runs the backfill; as long as it is there, work stands still. */
    FLAG_FILE("flag-file", SignalUnit.NONE, 1, Need.VALUE);

    /**
     * How often the quick signals are looked at: a limit of a second or more is noticed well within two seconds, and a few
     * catalogue queries every half second cost less than a hundredth of a core.
     */
    static final Duration TICK = Duration.ofMillis(500);

    /** For looks that cost more, or at things that change slowly. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    /** What must be there for a signal to be on. */
    enum Need {
        /** Nothing: on by default. */
        DEFAULT,
        /** The right to see what other sessions do ({@code pg_read_all_stats}); on by default where the role has it. */
        STATISTICS,
        /** The number of cores and that right. */
        CORES,
        /** A limit. */
        LIMIT,
        /** A query, a URL or a path. */
        VALUE
    }

    private final String key;
    private final SignalUnit unit;
    private final double limit;
    private final Need need;

    SignalKind(String key, SignalUnit unit, double limit, Need need) {
        this.key = key;
        this.unit = unit;
        this.limit = limit;
        this.need = need;
    }

    /** Name in settings, such as {@code replica-lag}. */
    public String key() {
        return key;
    }

    /** Name in messages, such as {@code replica lag}. */
    public String label() {
        return key.replace('-', ' ');
    }

    /** Unit of its numbers, such as {@code s} or {@code bytes}; may be empty. */
    public String unitName() {
        return unit.symbol();
    }

    /** Value at which work stands still, unless the settings say otherwise; NaN: must be said. */
    public double defaultLimit() {
        return limit;
    }

    /** Time between two looks. */
    public Duration interval() {
        return switch (this) {
            case AUTOVACUUM, OLDEST_TRANSACTION, USER_QUERY, HTTP_PROBE -> SLOW;
            default -> TICK;
        };
    }

    SignalUnit unit() {
        return unit;
    }

    Need need() {
        return need;
    }

    /** Whether it needs the right to see what other sessions do. */
    boolean needsStatistics() {
        return need == Need.STATISTICS || need == Need.CORES;
    }

    static Optional<SignalKind> of(String key) {
        return Stream.of(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }
}
