package dev.athanor.testkit;

import dev.athanor.AthanorException;
import dev.athanor.catalog.SchemaPicture;
import dev.athanor.run.RunResult;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Upgrade, downgrade and upgrade of one revision, with a look at schema and rows after each. */
final class RevisionCycle {
    private static final String IRREVERSIBLE = "irreversible";

    private final String revision;
    private final Desk desk;

    RevisionCycle(String revision, Desk desk) {
        this.revision = revision;
        this.desk = desk;
    }

    /** What a cycle works with. */
    interface Desk {
        RunResult upgrade(String revision);

        RunResult downgrade(String revision);

        SchemaPicture schema();

        RowPicture rows();

        boolean allowsIrreversible();

        boolean restoresRows(String revision);
    }

    /**
     * Runs it; afterwards the revision is applied.
     *
     * @return whether it could be undone at all
     */
    boolean run() {
        SchemaPicture schemaBefore = desk.schema();
        RowPicture rowsBefore = desk.rows();
        requireOnly("upgrade", step("upgrade", () -> desk.upgrade(revision)).applied());
        SchemaPicture schemaAfter = desk.schema();
        RowPicture rowsAfter = rowsBefore.again();

        if (!isUndone()) {
            return false;
        }
        same("downgrade", "the schema is not what it was before the upgrade", schemaBefore, desk.schema());
        if (desk.restoresRows(revision)) {
            same("downgrade", "rows are not what they were before the upgrade", rowsBefore, rowsBefore.again());
        }

        requireOnly(
                "second upgrade",
                step("second upgrade", () -> desk.upgrade(revision)).applied());
        same("second upgrade", "the schema is not what the first one made of it", schemaAfter, desk.schema());
        same("second upgrade", "rows are not what they were after the first one", rowsAfter, rowsBefore.again());
        return true;
    }

    private boolean isUndone() {
        RunResult result;
        try {
            result = desk.downgrade(revision);
        } catch (AthanorException e) {
            if (e.code().equals(IRREVERSIBLE) && desk.allowsIrreversible()) {
                return false;
            }
            throw failed("downgrade", e);
        }
        requireOnly("downgrade", result.undone());
        return true;
    }

    private RunResult step(String step, Supplier<RunResult> work) {
        try {
            return work.get();
        } catch (AthanorException e) {
            throw failed(step, e);
        }
    }

    private AssertionError failed(String step, AthanorException e) {
        String allowed = e.code().equals(IRREVERSIBLE)
                ? "\nIf it is meant to be irreversible, say so: allowingIrreversible()"
                : "";
        return new AssertionError(where(step) + e.getMessage() + allowed, e);
    }

    private void requireOnly(String step, List<String> done) {
        if (!Set.copyOf(done).equals(Set.of(revision))) {
            throw new AssertionError(where(step) + "it was to work on this revision alone, but did " + done);
        }
    }

    private void same(String step, String otherwise, SchemaPicture expected, SchemaPicture found) {
        SchemaAssert.sameSchema(where(step) + otherwise, expected, found);
    }

    private void same(String step, String otherwise, RowPicture expected, RowPicture found) {
        List<String> differences = expected.differences(found);
        if (!differences.isEmpty()) {
            throw new AssertionError(where(step) + otherwise + ":\n" + String.join("\n", differences));
        }
    }

    private String where(String step) {
        return "Revision " + revision + ", " + step + ": ";
    }
}
