package dev.athanor.benchmarks;

/**
 * A table of about 196 bytes a row with nothing but its primary key, copied fresh for every measurement, so that each
 * finds the same pages: no dead rows, hint bits set, nothing left to write.
 */
final class TicketTable {
    static final String ASSIGNMENT =
            " SET resolution_time_seconds = extract(epoch FROM resolved_at - created_at)::int ";
    static final String UNFILLED = "resolved_at IS NOT NULL AND resolution_time_seconds IS NULL";

    private static final String SOURCE = """
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
    private static final String FRESH_COPY = """
            DROP TABLE IF EXISTS tickets;
            CREATE TABLE tickets (LIKE tickets_source) WITH (autovacuum_enabled = off);
            INSERT INTO tickets SELECT * FROM tickets_source;
            ALTER TABLE tickets ADD PRIMARY KEY (id);
            """;

    private final BenchmarkDatabase database;
    private final long rows;
    private final long expectedSum;

    TicketTable(BenchmarkDatabase database, long rows) {
        this.database = database;
        this.rows = rows;
        database.execute(SOURCE.formatted(rows));
        database.execute("VACUUM (ANALYZE) tickets_source");
        this.expectedSum = database.number("SELECT sum(1 + n % 864000) FROM generate_series(1, " + rows + ") n");
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return database.number("SELECT pg_relation_size('tickets_source')");
    }

    void renew() {
        database.execute(FRESH_COPY);
        database.execute("VACUUM (ANALYZE) tickets");
        database.execute("CHECKPOINT");
    }

    /** Throws when a single row is not as it should be. */
    void check(String contender) {
        long filled = database.number("SELECT count(resolution_time_seconds) FROM tickets");
        long sum = database.number("SELECT sum(resolution_time_seconds) FROM tickets");
        if (filled != rows || sum != expectedSum) {
            throw new IllegalStateException("%s filled %,d of %,d rows, and their sum is %,d instead of %,d"
                    .formatted(contender, filled, rows, sum, expectedSum));
        }
    }
}
