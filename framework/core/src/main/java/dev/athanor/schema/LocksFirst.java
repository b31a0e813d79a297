package dev.athanor.schema;

import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.LockableTable;
import dev.athanor.postgres.Session;
import dev.athanor.sql.SqlStateClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the locks of a {@link LockOrder} at the beginning of a transaction.
 *
 * @param usual the lock timeout of the transaction when nobody has given one; null when somebody has, and it holds for all
 */
record LocksFirst(Session session, @Nullable Duration usual) {
    /**
     * From the second table on we hold what others wait for, and each try costs them this long: less than the half second
     * that an application may notice. A part of the server's usual {@code deadlock_timeout} of a second: should an
     * application hold the second table and wait for the first, we give way before the server ends one of the two.
     */
    private static final Duration WHILE_HOLDING = Duration.ofMillis(200);

    /** A lock that failed, and the statement that needs it, counted from 0. */
    static final class NotLocked extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int statement;
        private final transient DatabaseException fault;

        NotLocked(int statement, DatabaseException fault) {
            super(fault);
            this.statement = statement;
            this.fault = fault;
        }

        int statement() {
            return statement;
        }

        DatabaseException fault() {
            return fault;
        }
    }

    /**
     * Locks what these statements need, if that is more than one table. What is gone by now, or may not be locked, is left
     * to the statements.
     *
     * @throws NotLocked when the server does not grant a lock in time, or there is no going on in this transaction
     */
    void take(List<String> statements) {
        Map<LockableTable, LockOrder.Need> needs = LockOrder.of(session, statements);
        if (needs.isEmpty()) {
            return;
        }
        session.executeVerbatim("SAVEPOINT athanor_locks");
        String before = session.queryOne("SELECT current_setting('lock_timeout') AS t", row -> row.string("t"))
                .orElseThrow();
        int taken = 0;
        for (Map.Entry<LockableTable, LockOrder.Need> need : needs.entrySet()) {
            if (taken++ == 1) {
                hurry();
            }
            if (!isLocked(need.getKey(), need.getValue())) {
                return;
            }
        }
        setLockTimeout(before);
        session.executeVerbatim("RELEASE SAVEPOINT athanor_locks");
    }

    private boolean isLocked(LockableTable table, LockOrder.Need need) {
        try {
            session.executeVerbatim("LOCK TABLE ONLY " + table.name().quoted() + " IN "
                    + need.mode().sql() + " MODE");
            return true;
        } catch (DatabaseException e) {
            if (e.category().retryable() || e.category() == SqlStateClass.STATEMENT_TIMEOUT) {
                throw new NotLocked(need.statement(), e);
            }
            session.executeVerbatim("ROLLBACK TO SAVEPOINT athanor_locks");
            return false;
        }
    }

    /** A section that has SET its own timeout means it. */
    private void hurry() {
        if (usual == null || usual.compareTo(WHILE_HOLDING) <= 0) {
            return;
        }
        long now = session.queryOne(
                        "SELECT setting::bigint AS t FROM pg_catalog.pg_settings WHERE name = 'lock_timeout'",
                        row -> row.number("t"))
                .orElseThrow();
        if (now == usual.toMillis()) {
            setLockTimeout(WHILE_HOLDING.toMillis() + "ms");
        }
    }

    private void setLockTimeout(String value) {
        session.query("SELECT set_config('lock_timeout', ?, true) AS t", row -> row.string("t"), value);
    }
}
