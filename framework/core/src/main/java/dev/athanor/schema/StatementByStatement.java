package dev.athanor.schema;

import dev.athanor.ledger.Fence;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.SectionState;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.plan.StepChecksum;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.postgres.Transactions;
import dev.athanor.schema.SchemaFailure.Kind;
import dev.athanor.sql.ConcurrentIndex;
import dev.athanor.sql.SqlStateClass;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A section with {@code transaction=none}: each statement in autocommit, the ledger told before and after it, so that a
 * later run begins at the statement that failed.
 */
record StatementByStatement(
        Transactions transactions, RevisionLedger ledger, SchemaSettings settings, SchemaListener listener) {

    /**
     * Passing faults by which the server says that the statement was not done: serialisation failure, deadlock, disk full,
     * out of memory, read-only. A lost connection says nothing.
     */
    private static final Set<String> ANSWERS = Set.of("40001", "40P01", "53100", "53200", "25006");

    /** Between two looks at an index that another session builds. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    void run(SchemaStep step, Fence fence) {
        SectionState state =
                transactions.autocommit(session -> ledger.section(session, step.revision(), step.ordinal()));
        if (state.finished()) {
            return;
        }
        for (int number = state.statementsDone() + 1;
                number <= step.statements().size();
                number++) {
            statement(step, fence, number);
        }
        write(
                step,
                fence,
                new SectionState(
                        step.ordinal(),
                        step.statements().size(),
                        false,
                        true,
                        null,
                        StepChecksum.of(step, step.statements().size())));
    }

    private void statement(SchemaStep step, Fence fence, int number) {
        Tries tries = new Tries(settings, step, listener);
        tries.run(() -> transactions.autocommit(session -> {
            for (String sql : Statements.toRun(session, step, number)) {
                attempt(session, step, fence, number, sql);
            }
            return number;
        }));
        tries.run(() -> write(
                step,
                fence,
                new SectionState(step.ordinal(), number, false, false, null, StepChecksum.of(step, number))));
        listener.statementDone(step, number);
    }

    private void attempt(Session session, SchemaStep step, Fence fence, int number, String sql) {
        Optional<ConcurrentIndex> index = ConcurrentIndex.of(sql);
        boolean attempted =
                ledger.section(session, step.revision(), step.ordinal()).attempted();
        if (index.isPresent() && isBuilt(session, step, number, index.get()) && attempted) {
            return;
        }
        write(
                step,
                fence,
                new SectionState(step.ordinal(), number - 1, true, false, null, StepChecksum.of(step, number - 1)));
        SessionSettings before = SessionSettings.before(step, number);
        try {
            before.apply(session);
            execute(session, step, number, sql, index.isPresent());
        } finally {
            before.resetIfAny(session);
        }
    }

    /** Waits while another session builds the index, drops what a failed build has left; whether it is there and valid. */
    private boolean isBuilt(Session session, SchemaStep step, int number, ConcurrentIndex index) {
        Optional<IndexBuild> found = IndexBuild.find(session, index);
        while (found.isPresent() && !found.get().valid() && found.get().building()) {
            listener.waitingForIndex(step, index.qualifiedName());
            settings.pause().await(LOOK);
            found = IndexBuild.find(session, index);
        }
        if (found.isPresent() && !found.get().valid()) {
            listener.rebuildingIndex(step, index.qualifiedName());
            String drop = "DROP INDEX CONCURRENTLY " + index.qualifiedName().quoted();
            execute(session, step, number, drop, true);
            return false;
        }
        return found.isPresent();
    }

    private void execute(Session session, SchemaStep step, int number, String sql, boolean repeatable) {
        LockProfile profile = LockProfile.of(sql);
        Duration given = step.options().lockTimeout();
        Duration lockTimeout = given == null ? profile.lockTimeout(settings.lockTimeout()) : given;
        Watch.Limits limits = new Watch.Limits(lockTimeout, step.options().statementTimeout());
        try (Watch watch = new Watch(
                transactions, settings.watching(), Watch.Target.statement(session, sql), limits, lockTimeout)) {
            try {
                session.executeVerbatim(sql);
            } catch (DatabaseException e) {
                boolean lockWait = watch.exceeded() == Watch.Limit.LOCK || e.category() == SqlStateClass.LOCK_TIMEOUT;
                boolean last = given == null && profile == LockProfile.CONCURRENT || mayCommit(sql);
                Kind locked = last ? Kind.LAST_LOCK_WAIT : Kind.LOCK_WAIT;
                Kind other = !repeatable && connectionLost(e) ? Kind.UNCERTAIN : Kind.FAULT;
                throw new FailedTry(new SchemaFailure(step, number, lockWait ? locked : other, e, watch.blockers()));
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

    private void write(SchemaStep step, Fence fence, SectionState state) {
        transactions.inTransaction(TransactionSettings.LEDGER, session -> {
            ledger.write(session, fence, step.revision(), state);
            return state;
        });
    }
}
