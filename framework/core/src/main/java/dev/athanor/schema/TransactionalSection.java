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
            for (int i = 0; i < step.statements().size(); i++) {
                statement(session, step, i + 1, watch);
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
                transactions,
                settings.watching(),
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

    private void statement(Session session, SchemaStep step, int number, Watch watch) {
        try {
            for (String sql : Statements.toRun(session, step, number)) {
                session.executeVerbatim(sql);
            }
        } catch (DatabaseException e) {
            Kind locked = e.category() == SqlStateClass.LOCK_TIMEOUT ? Kind.LOCK_WAIT : Kind.FAULT;
            Kind kind = watch.exceeded() == Watch.Limit.LOCK ? Kind.LAST_LOCK_WAIT : locked;
            throw new FailedTry(new SchemaFailure(step, number, kind, e, watch.blockers()));
        }
        listener.statementDone(step, number);
    }
}
