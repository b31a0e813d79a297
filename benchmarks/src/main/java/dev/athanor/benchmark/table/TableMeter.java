package dev.athanor.benchmark.table;

import dev.athanor.benchmark.server.BenchmarkDatabase;
import dev.athanor.postgres.Pause;
import java.time.Duration;

/** What a measurement cost the server: WAL written, growth of the table with its indexes, share of updates that were HOT, checkpoints in it. */
public final class TableMeter {
    /** Sessions tell their statistics when they end; they end within milliseconds once they are closed. */
    private static final int MOST_LOOKS = 250;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final String POSITION = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";
    private static final String SIZE = """
            SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
             WHERE relname IN ('tickets', 'tickets_copy') AND relkind = 'r'""";
    private static final String OTHERS = """
            SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'""";
    private static final String HOT = """
            SELECT coalesce(100 * n_tup_hot_upd / nullif(n_tup_upd, 0), -1) FROM pg_stat_user_tables
             WHERE relid = 'tickets'::regclass""";

    /** From this version on the checkpointer has a view of its own. */
    private static final long CHECKPOINTER = 170_000;

    private final BenchmarkDatabase database;
    private final long checkpoints;
    private final long wal;
    private final long size;

    private TableMeter(BenchmarkDatabase database) {
        this.database = database;
        this.size = database.number(SIZE);
        this.checkpoints = checkpoints(database);
        this.wal = database.number(POSITION);
    }

    /**
     * What was used up.
     *
     * @param walBytes written by everybody meanwhile
     * @param growthBytes of the tables with their indexes
     * @param hotPercent of the updates of the table; -1 when nothing was updated
     * @param checkpoints that began on the server; behind each, every page's first change is written to the WAL whole
     */
    public record Cost(long walBytes, long growthBytes, int hotPercent, int checkpoints) {}

    /** Begins to count. */
    public static TableMeter start(BenchmarkDatabase database) {
        return new TableMeter(database);
    }

    /** WAL written since the start, in bytes. */
    public long wal() {
        return database.number(POSITION) - wal;
    }

    /**
     * All that it cost, once every session of the measurement has ended.
     *
     * @param walBytes as {@link #wal} gave it right at the end of the measurement
     */
    public Cost cost(long walBytes) {
        Pause pause = Pause.real();
        for (int look = 0; look < MOST_LOOKS && database.number(OTHERS) > 0; look++) {
            pause.await(BETWEEN_LOOKS);
        }
        return new Cost(
                walBytes,
                database.number(SIZE) - size,
                (int) database.number(HOT),
                Math.toIntExact(checkpoints(database) - checkpoints));
    }

    private static long checkpoints(BenchmarkDatabase database) {
        return database.number(
                database.number("SHOW server_version_num") >= CHECKPOINTER
                        ? "SELECT num_timed + num_requested FROM pg_stat_checkpointer"
                        : "SELECT checkpoints_timed + checkpoints_req FROM pg_stat_bgwriter");
    }
}
