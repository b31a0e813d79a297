package dev.athanor.run;

import dev.athanor.ledger.VersionTool;
import dev.athanor.revision.RevisionPlan;
import java.util.List;

/**
 * What it means to go on from where another tool has brought a database. {@link JsonForm#of(Adoption)} tells the same under
 * the names that the command line prints.
 *
 * <p>A version stands for the revision that it was mapped to; else for the one with that very id; else for the one whose id it
 * becomes when characters that ids cannot have are replaced by {@code _}; and Flyway's {@code 2.1} else for {@code V2.1} or
 * {@code V2_1}. Alembic's versions are heads: what is below them is applied, too; so is what is below a baseline of Flyway.
 *
 * @param from whose versions they are
 * @param table that was read
 * @param found versions that are applied there
 * @param notTakenOver entries that stand for no version: repeatable migrations, change sets that were skipped
 * @param revisions that are applied afterwards by what was found, oldest first
 * @param plan the rows to be set; none when there is nothing to adopt, or when the ledger says all that already
 * @param stamped whether it was done
 */
public record Adoption(
        VersionTool from,
        String table,
        List<String> found,
        List<String> notTakenOver,
        List<String> revisions,
        RevisionPlan plan,
        boolean stamped) {
    public Adoption {
        found = List.copyOf(found);
        notTakenOver = List.copyOf(notTakenOver);
        revisions = List.copyOf(revisions);
    }

    /** The same, done. */
    Adoption done() {
        return new Adoption(from, table, found, notTakenOver, revisions, plan, true);
    }
}
