package dev.athanor.source;

import dev.athanor.operation.Operation;
import dev.athanor.sql.Checksum;
import dev.athanor.sql.Token;
import java.util.List;

/**
 * The checksum of a revision: over what it does to the database. The kinds of its sections in order, whether each is
 * one transaction, the table and key a backfill walks and its {@code where}, and the statements count; of work on rows
 * what it reads and writes and the version of its code.
 *
 * <p>What only says when or how patiently does not: the header (a branch may be rebased, a message reworded), names of
 * sections, and the options for timeouts, retries, chunk sizes, rates and workers, which an operator must be able to
 * change in the middle of a backfill.
 */
final class RevisionChecksum {
    private final Checksum checksum = new Checksum();

    void add(Section section, List<List<Token>> statements) {
        if (section instanceof Section.Schema schema) {
            checksum.fact(schema.undo() ? "undo" : "do")
                    .fact(schema.phase().key())
                    .fact(schema.options().transactional() ? "transaction" : "autocommit");
            if (schema.options().rows()) {
                checksum.fact("rows");
            }
        } else if (section instanceof Section.Backfill backfill) {
            checksum.fact("backfill")
                    .fact(backfill.table().quoted())
                    .fact(Integer.toString(backfill.key().size()));
            backfill.key().forEach(checksum::fact);
            String where = backfill.options().where();
            checksum.sql(where == null ? "" : where);
            if (backfill.work() instanceof BackfillWork.OfRows rows) {
                rows.facts().forEach(checksum::fact);
            }
        } else {
            checksum.fact("verify");
        }
        checksum.statements(statements);
    }

    /** An operation counts by what it was told, so that another version of us may do the same in another way. */
    void add(Operation operation, Placement placement) {
        checksum.fact("operation").fact(operation.keyword()).fact(placement.name());
        operation.facts().forEach(checksum::fact);
    }

    Checksum whole() {
        return checksum;
    }
}
