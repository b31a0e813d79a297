package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Session;
import dev.athanor.schema.SchemaFailure.Kind;
import dev.athanor.sql.SqlStateClass;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Runs SQL outside a transaction, where the server keeps no limits for us: a watch ends what waits or runs too long.
 *
 * @param means of watching it
 * @param number of the statement of the section that this is done for
 */
record Autocommit(Watch.Means means, SchemaSettings settings, SchemaStep step, int number) {

    /**
     * Passing faults by which the server says that the statement was not done: serialisation failure, deadlock, disk full,
     * out of memory, read-only. A lost connection says nothing.
     */
    private static final Set<String> ANSWERS = Set.of("40001", "40P01", "53100", "53200", "25006");

    /** Runs a statement of the section; {@code repeatable}: it does no harm when it is done twice. */
    void run(Session session, String sql, boolean repeatable) {
        LockProfile profile = LockProfile.of(sql);
        Duration given = step.options().lockTimeout();
        boolean lastWait = given == null && profile == LockProfile.CONCURRENT || mayCommit(sql);
        Faults faults = new Faults(lastWait ? Kind.LAST_LOCK_WAIT : Kind.LOCK_WAIT, repeatable);
        run(session, sql, given == null ? profile.lockTimeout(settings.lockTimeout()) : given, faults);
    }

    /** Runs a statement of our own that may be done twice, and waits no longer than is usual. */
    void run(Session session, String sql) {
        run(session, sql, settings.lockTimeout(), new Faults(Kind.LOCK_WAIT, true));
    }

    private void run(Session session, String sql, Duration lockTimeout, Faults faults) {
        Watch.Limits limits = new Watch.Limits(lockTimeout, step.options().statementTimeout());
        try (Watch watch = new Watch(means, Watch.Target.statement(session, sql), limits, lockTimeout)) {
            try {
                session.executeVerbatim(sql);
            } catch (DatabaseException e) {
                boolean lockWait = watch.exceeded() == Watch.Limit.LOCK || e.category() == SqlStateClass.LOCK_TIMEOUT;
                Kind other = !faults.repeatable() && connectionLost(e) ? Kind.UNCERTAIN : Kind.FAULT;
                throw new FailedTry(
                        new SchemaFailure(step, number, lockWait ? faults.lockWait() : other, e, watch.blockers()));
            }
        }
    }

    /** Outside a transaction these may have committed a part of their work, so that another try is not the same again. */
    private static boolean mayCommit(String sql) {
        List<Token> code = SqlTokens.of(sql).code();
        return !code.isEmpty() && (code.get(0).isWord("call") || code.get(0).isWord("do"));
    }

    private static boolean connectionLost(DatabaseException e) {
        return e.category() == SqlStateClass.TRANSIENT && !ANSWERS.contains(String.valueOf(e.sqlState()));
    }

    private record Faults(Kind lockWait, boolean repeatable) {}
}
