package dev.athanor.schema;

import dev.athanor.ledger.Fence;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.SectionState;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.plan.StepChecksum;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.postgres.Transactions;
import dev.athanor.schema.SchemaFailure.Kind;
import dev.athanor.sql.ConcurrentIndex;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A section with {@code transaction=none}: each statement in autocommit, the ledger told before and after it, so that a
 * later run begins at the statement that failed.
 */
record StatementByStatement(
        Transactions transactions, RevisionLedger ledger, SchemaSettings settings, SchemaListener listener) {

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
            boolean attempted = state.attempted() && number == state.statementsDone() + 1;
            statement(step, fence, new EarlierTries(number, attempted));
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

    private void statement(SchemaStep step, Fence fence, EarlierTries earlier) {
        int number = earlier.number();
        Tries tries = new Tries(settings, step, listener);
        tries.run(() -> transactions.autocommit(session -> {
            for (String sql : Statements.toRun(session, step, number)) {
                attempt(session, step, fence, earlier, sql);
            }
            return number;
        }));
        tries.run(() -> write(
                step,
                fence,
                new SectionState(step.ordinal(), number, false, false, null, StepChecksum.of(step, number))));
        listener.statementDone(step, number);
    }

    private void attempt(Session session, SchemaStep step, Fence fence, EarlierTries earlier, String sql) {
        int number = earlier.number();
        Watch.Means means = Watch.Means.of(transactions, ledger, settings, new Watch.Told(step, listener));
        Autocommit statement = new Autocommit(means, settings, step, number);
        SessionSettings set = SessionSettings.before(step, number);
        WorkedOn on = WorkedOn.of(session, set, sql);
        Optional<ConcurrentIndex> index = on.index();
        boolean built = index.isPresent() && isBuilt(session, statement, set, index.get());
        if (built && earlier.begun(sql)) {
            return;
        }
        if (built) {
            earlier.foundTaken(sql);
        }
        List<Blocker> old = OldTransactions.before(session, on, settings.oldTransaction()).stream()
                .filter(transaction -> !settings.blockers().roles().contains(transaction.role()))
                .toList();
        if (!old.isEmpty()) {
            throw new FailedTry(new SchemaFailure(step, number, Kind.OLD_TRANSACTIONS, null, old, ""));
        }
        SectionState begun = new SectionState(
                step.ordinal(), number - 1, earlier.any() || !built, false, null, StepChecksum.of(step, number - 1));
        write(step, fence, begun);
        Leftovers leftovers = new Leftovers(on, statement, set, listener);
        leftovers.before(session, earlier);
        try {
            set.with(session, step, sql)
                    .around(session, () -> statement.run(session, sql, index.isPresent() || Leftovers.isReindex(sql)));
        } catch (FailedTry e) {
            // whoever is fenced off drops nothing any more
            SchemaFailure failure = leftovers.after(transactions, e.failure(), () -> write(step, fence, begun));
            if (!earlier.attempted() && !step.options().rows() && index.isPresent() && failure.isTakenName()) {
                // what has the name is not ours, and must not be taken for it by a later run, nor by undo
                write(step, fence, new SectionState(step.ordinal(), number - 1, false, false, null, begun.checksum()));
            }
            throw new FailedTry(failure);
        }
    }

    /** Waits while another session builds the index, drops what a failed build has left; whether it is there and valid. */
    private boolean isBuilt(Session session, Autocommit statement, SessionSettings set, ConcurrentIndex index) {
        Optional<IndexBuild> found = IndexBuild.find(session, index);
        while (found.isPresent() && !found.get().valid() && found.get().building()) {
            listener.waitingForIndex(statement.step(), index.qualifiedName());
            settings.pause().await(LOOK);
            found = IndexBuild.find(session, index);
        }
        if (found.isPresent() && !found.get().valid()) {
            listener.rebuildingIndex(statement.step(), index.qualifiedName());
            String drop = "DROP INDEX CONCURRENTLY " + index.qualifiedName().quoted();
            set.around(session, () -> statement.run(session, drop));
            return false;
        }
        return found.isPresent();
    }

    private void write(SchemaStep step, Fence fence, SectionState state) {
        transactions.inTransaction(TransactionSettings.LEDGER, session -> {
            ledger.write(session, fence, step.revision(), state);
            return state;
        });
    }
}
