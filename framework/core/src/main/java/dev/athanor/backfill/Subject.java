package dev.athanor.backfill;

import dev.athanor.postgres.ReactiveTransactions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill goes over.
 *
 * @param reader the database in which its table is
 * @param rows the SQL of work on rows; null for a statement
 */
record Subject(
        ReactiveTransactions reader, Walk walk, @Nullable RowSql rows) {
    /** What the server runs to find the rows of a chunk. */
    String statement(boolean bounded) {
        return rows == null ? walk.statement(bounded) : rows.read(bounded);
    }

    /** Parameters of that statement, for a chunk of so many rows. */
    Object[] parameters(@Nullable List<String> lower, List<String> upper, long most) {
        return rows == null ? Walk.parameters(lower, upper) : Walk.parameters(lower, upper, most);
    }
}
