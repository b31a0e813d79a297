package dev.athanor.backfill;

import dev.athanor.postgres.ReactiveTransactions;
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
}
