package dev.athanor.schema;

import dev.athanor.AthanorException;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.Transactions;

/**
 * Runs schema steps. A section that the ledger knows as finished is not run again, so a run that was cut off anywhere
 * is simply run again.
 */
public final class SchemaExecutor {
    private final Transactions transactions;
    private final RevisionLedger ledger;
    private final SchemaSettings settings;

    /** Runs steps on this database, with this ledger. */
    public SchemaExecutor(Transactions transactions, RevisionLedger ledger, SchemaSettings settings) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.settings = settings;
    }

    /**
     * Runs one step to its end. Lock timeouts, deadlocks, serialisation failures and lost connections are tried again,
     * each time in a fresh transaction, with a pause between; nothing is held meanwhile.
     *
     * @throws SchemaStepException when it fails for good. A transactional section has then changed nothing; one with
     *     {@code transaction=none} goes on at the failed statement when it is run again
     * @throws FencedOffException when another process has taken the lease; nothing was committed
     * @throws AthanorException code {@code transaction_control}, kind REFUSED, when a statement of a transactional
     *     section would end the transaction
     */
    public void run(SchemaStep step, Fence fence, SchemaListener listener) {
        if (step.options().transactional()) {
            new TransactionalSection(transactions, ledger, settings, listener).run(step, fence);
        } else {
            new StatementByStatement(transactions, ledger, settings, listener).run(step, fence);
        }
    }
}
