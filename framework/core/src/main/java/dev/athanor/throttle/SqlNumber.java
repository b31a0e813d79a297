package dev.athanor.throttle;

import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import reactor.core.publisher.Mono;

/** A signal that is one number of one query, in a column {@code value} of type text. */
final class SqlNumber extends SqlSignal {
    /** Sessions of Athanor: those of our role that call themselves as this one does. */
    private static final String OURS = "SELECT pid FROM pg_stat_activity WHERE usename = session_user"
            + " AND application_name = current_setting('application_name')";

    /** {@code pg_blocking_pids} looks at the lock table, so it is asked for waiting sessions only, which are few. */
    private static final String BLOCKED = "WITH ours AS MATERIALIZED (" + OURS + "), waiting AS MATERIALIZED ("
            + "SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pid NOT IN (SELECT pid FROM ours))"
            + " SELECT count(*)::text AS value FROM waiting"
            + " WHERE pg_blocking_pids(pid) && ARRAY(SELECT pid FROM ours)";

    private static final String ACTIVE = "SELECT (count(*)::float8 / $1)::text AS value FROM pg_stat_activity"
            + " WHERE state = 'active' AND backend_type = 'client backend' AND pid NOT IN (" + OURS + ")";

    private static final String AUTOVACUUM = "SELECT count(*)::text AS value FROM pg_stat_progress_vacuum v"
            + " JOIN pg_stat_activity a USING (pid)"
            + " WHERE a.backend_type = 'autovacuum worker' AND v.datname = current_database() AND v.relid IN"
            + " (SELECT to_regclass($1)::oid UNION ALL SELECT relid FROM pg_partition_tree(to_regclass($1)))";

    private static final String OLDEST = "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(began)), 0)::text"
            + " AS value FROM ("
            + "SELECT xact_start AS began FROM pg_stat_activity WHERE datname = current_database()"
            + " AND backend_type = 'client backend' AND pid NOT IN (" + OURS + ")"
            + " UNION ALL SELECT prepared FROM pg_prepared_xacts WHERE database = current_database()) AS open";

    private static final String REPLICA_BYTES =
            "SELECT coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)), 0)::text AS value"
                    + " FROM pg_stat_replication WHERE state IN ('streaming', 'catchup')";

    private final String sql;
    private final Object[] parameters;

    private SqlNumber(Source source, String sql, Object... parameters) {
        super(source.kind(), source.settings(), source.transactions());
        this.sql = sql;
        this.parameters = parameters;
    }

    private record Source(SignalKind kind, ThrottleSettings settings, ReactiveTransactions transactions) {}

    /** The signal of that kind, which must be one of those above. */
    static SqlNumber of(SignalKind kind, ThrottleSettings settings, ReactiveTransactions transactions, String table) {
        Source source = new Source(kind, settings, transactions);
        return switch (kind) {
            case BLOCKED_SESSIONS -> new SqlNumber(source, BLOCKED);
            case ACTIVE_SESSIONS -> {
                Integer cores = settings.serverCores();
                yield new SqlNumber(source, ACTIVE, cores == null ? 1 : cores);
            }
            case AUTOVACUUM -> new SqlNumber(source, AUTOVACUUM, table);
            case OLDEST_TRANSACTION -> new SqlNumber(source, OLDEST);
            case REPLICA_LAG_BYTES -> new SqlNumber(source, REPLICA_BYTES);
            default -> throw new IllegalArgumentException(kind + " is more than one number");
        };
    }

    @Override
    Mono<Double> read(ReactiveSession session) {
        return session.query(sql, row -> Double.valueOf(row.string("value")), parameters)
                .single();
    }
}
