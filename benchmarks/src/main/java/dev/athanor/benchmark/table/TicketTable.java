package dev.athanor.benchmark.table;

import dev.athanor.benchmark.server.BenchmarkDatabase;

/**
 * A table of about 196 bytes a row, copied fresh from a master for every measurement, so that each finds the same pages: no dead rows, hint
 * bits set, statistics there, nothing left to write.
 */
public final class TicketTable {
    /** What fills the column. */
    public static final String ASSIGNMENT =
            " SET resolution_time_seconds = extract(epoch FROM resolved_at - created_at)::int ";
    /** Which rows are still to be filled. */
    public static final String UNFILLED = "resolved_at IS NOT NULL AND resolution_time_seconds IS NULL";

    private static final String MASTER = """
            CREATE TABLE tickets_source (
              id bigint NOT NULL, user_id bigint NOT NULL, agent_id bigint NOT NULL,
              status text NOT NULL, channel text NOT NULL, subject text NOT NULL, description text NOT NULL,
              created_at timestamptz NOT NULL, resolved_at timestamptz, resolution_time_seconds integer
            ) WITH (autovacuum_enabled = off);
            INSERT INTO tickets_source
            SELECT n, n %% 125000, n %% 250, 'resolved', 'email', 'Ticket number ' || n,
                   repeat(md5(n::text), 2) || left(md5((n + 1)::text), 18),
                   timestamptz '2024-01-01' + n * interval '31 seconds',
                   timestamptz '2024-01-01' + n * interval '31 seconds' + (1 + n %% 864000) * interval '1 second'
              FROM generate_series(1, %d) n;
            """;
    private static final String EMPTY = """
            DROP TABLE IF EXISTS tickets CASCADE;
            CREATE TABLE tickets (LIKE tickets_source) WITH (autovacuum_enabled = off);
            """;

    private final BenchmarkDatabase database;
    private final long rows;

    private TicketTable(BenchmarkDatabase database, long rows) {
        this.database = database;
        this.rows = rows;
    }

    /** Makes the master in an empty database. */
    public static TicketTable create(BenchmarkDatabase database, long rows) {
        database.execute(MASTER.formatted(rows));
        database.execute("VACUUM (ANALYZE) tickets_source");
        return new TicketTable(database, rows);
    }

    /** Number of rows. */
    public long rows() {
        return rows;
    }

    /** Where it is. */
    public BenchmarkDatabase database() {
        return database;
    }

    /** Size of the rows' pages. */
    public long bytes() {
        return database.number("SELECT pg_relation_size('tickets_source')");
    }

    /**
     * A fresh copy in the state of the scene, without a trace of what was measured before. The copying session alone reads the master from its first
     * page on, so that the copy has its rows in order.
     */
    public void renew(Scene scene) {
        database.execute("DROP SCHEMA IF EXISTS athanor CASCADE");
        database.execute("SET synchronize_seqscans = off;" + EMPTY + scene.fill());
        database.execute("VACUUM (ANALYZE) tickets");
        database.execute("CHECKPOINT");
    }

    /** Rows whose column has a value. */
    public long filled() {
        return database.number("SELECT count(resolution_time_seconds) FROM tickets");
    }

    /** Rows that are not as the scene wants them in the end. */
    public long wrong(Scene scene) {
        return database.number(scene.wrong());
    }
}
