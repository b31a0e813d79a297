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
import dev.athanor.sql.SqlStateClass;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A section as one transaction, its ledger row in the same commit. */
record TransactionalSection(
        Transactions transactions, RevisionLedger ledger, SchemaSettings settings, SchemaListener listener) {

    void run(SchemaStep step, Fence fence) {
        TransactionControl.refuseIn(step);
        TransactionSettings transaction =
                new TransactionSettings(lockTimeout(step), statementTimeout(step), settings.idleTimeout());
        new Tries(settings, step, listener)
                .run(() -> transactions.inTransaction(transaction, session -> attempt(session, step, fence)));
    }

    /** The ledger is read first: a commit that was answered by silence may have been one. */
    private boolean attempt(Session session, SchemaStep step, Fence fence) {
        if (ledger.section(session, step.revision(), step.ordinal()).finished()) {
            return false;
        }
        try (Watch watch = watch(session, step)) {
            int settings = LockOrder.settings(step.statements());
            RowLimits limits = new RowLimits(session, step, this.settings.lockTimeout());
            for (int i = 0; i < step.statements().size(); i++) {
                if (i == settings && !step.options().rows()) {
                    lockFirst(session, step, settings, watch);
                }
                statement(session, step, i + 1, watch, limits);
            }
        }
        SessionSettings.reset(session);
        // which has taken back this one too, and from here on we lock rows of the ledger
        session.executeVerbatim("SET LOCAL idle_in_transaction_session_timeout = "
                + settings.idleTimeout().toMillis());
        int done = step.statements().size();
        ledger.write(
                session,
                fence,
                step.revision(),
                new SectionState(step.ordinal(), done, false, true, null, StepChecksum.of(step, done)));
        return true;
    }

    private Watch watch(Session session, SchemaStep step) {
        return new Watch(
                Watch.Means.of(transactions, ledger, settings, new Watch.Told(step, listener)),
                Watch.Target.transaction(session),
                Watch.Limits.OF_SERVER,
                lockTimeout(step));
    }

    private Duration lockTimeout(SchemaStep step) {
        Duration given = step.options().lockTimeout();
        return given == null ? LockProfile.of(step).lockTimeout(settings.lockTimeout()) : given;
    }

    private static @Nullable Duration statementTimeout(SchemaStep step) {
        Duration given = step.options().statementTimeout();
        return given == null ? LockProfile.of(step).statementTimeout() : given;
    }

    private void lockFirst(Session session, SchemaStep step, int settings, Watch watch) {
        List<String> statements = step.statements();
        try {
            locksFirst(session, step, lockTimeout(step)).take(statements.subList(settings, statements.size()));
        } catch (LocksFirst.NotLocked e) {
            throw failed(step, settings + e.statement() + 1, e.fault(), watch);
        }
    }

    private static LocksFirst locksFirst(Session session, SchemaStep step, Duration lockTimeout) {
        return new LocksFirst(session, step.options().lockTimeout() == null ? lockTimeout : null);
    }

    private void statement(Session session, SchemaStep step, int number, Watch watch, RowLimits limits) {
        try {
            List<String> statements = Statements.toRun(session, step, number);
            if (step.options().rows()) {
                Duration longest = limits.set(statements);
                watch.waits(longest);
                locksFirst(session, step, longest).take(statements);
            }
            statements.forEach(session::executeVerbatim);
        } catch (LocksFirst.NotLocked e) {
            throw failed(step, number, e.fault(), watch);
        } catch (DatabaseException e) {
            throw failed(step, number, e, watch);
        }
        listener.statementDone(step, number);
    }

    private static FailedTry failed(SchemaStep step, int number, DatabaseException e, Watch watch) {
        Kind locked = e.category() == SqlStateClass.LOCK_TIMEOUT ? Kind.LOCK_WAIT : Kind.FAULT;
        Kind kind = watch.exceeded() == Watch.Limit.LOCK ? Kind.LAST_LOCK_WAIT : locked;
        return new FailedTry(new SchemaFailure(step, number, kind, e, watch.blockers()));
    }
}
