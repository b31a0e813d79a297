package dev.athanor.run;

import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.ConstraintCosts;
import dev.athanor.postgres.ConstraintCosts.Cost;
import dev.athanor.postgres.Transactions;
import java.util.List;
import java.util.Set;

/** What constraints and partitions mean for a backfill. */
final class ConstraintAdvice {
    private ConstraintAdvice() {}

    static List<Advice> of(Transactions transactions, BackfillStep step, Set<String> columns, boolean deletes) {
        return ConstraintCosts.read(transactions, step.table(), columns, deletes).stream()
                .map(cost -> of(cost, step.name()))
                .toList();
    }

    private static Advice of(Cost cost, String backfill) {
        return switch (cost.kind()) {
            case FOREIGN_KEY ->
                new Advice(
                        "foreign_key_checked",
                        "foreign key " + cost.name() + " of table " + cost.owner(),
                        "has a row of " + cost.detail() + " looked up and locked for each row that backfill " + backfill
                                + " changes",
                        "If it is new, add it in contract: NOT VALID, and in a section behind that VALIDATE CONSTRAINT.");
            case UNINDEXED_REFERENCE ->
                new Advice(
                        "reference_without_index",
                        "foreign key " + cost.name() + " of table " + cost.owner(),
                        "has no index: the whole table is read for each row that backfill " + backfill + " changes",
                        "CREATE INDEX CONCURRENTLY ON " + cost.owner() + " (" + cost.detail() + "); in expand.");
            case UNVALIDATED_CHECK ->
                new Advice(
                        "check_not_valid",
                        "constraint " + cost.name() + " of table " + cost.owner(),
                        "is NOT VALID: a row that breaks it cannot be changed by backfill " + backfill
                                + " unless it mends that",
                        "Look for such rows first, or let skip-limit= set them aside.");
            case PARTITION_KEY ->
                new Advice(
                        "moves_between_partitions",
                        "table " + cost.owner(),
                        "is partitioned by " + cost.name() + ", which backfill " + backfill
                                + " sets: each row that moves is deleted in one partition and inserted in another",
                        "See that triggers and the space of the old partitions bear it.");
        };
    }
}
