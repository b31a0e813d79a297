package dev.athanor.plan;

import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.source.BackfillWork;
import dev.athanor.sql.Checksum;

/**
 * Sums of single steps. The ledger keeps them with what is done, so that a file may still be mended where nothing was
 * run yet, and nowhere else.
 */
public final class StepChecksum {
    private StepChecksum() {}

    /** Of the first statements of a schema step. */
    public static String of(SchemaStep step, int statements) {
        Checksum sum = new Checksum();
        step.statements().subList(0, statements).forEach(sum::sql);
        return sum.value();
    }

    /** Of what a backfill changes and how it walks; sizes, rates and timeouts may change in the middle of it. */
    public static String of(BackfillStep step) {
        String where = step.options().where();
        Checksum sum = new Checksum()
                .fact(step.table().quoted())
                .fact(String.join(",", step.key()))
                .fact(where == null ? "" : where)
                .sql(step.template().with("${chunk}"));
        if (step.work() instanceof BackfillWork.OfRows rows) {
            rows.facts().forEach(sum::fact);
        }
        return sum.value();
    }
}
