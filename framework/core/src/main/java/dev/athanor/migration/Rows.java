package dev.athanor.migration;

/**
 * Steps that change rows in the JVM.
 *
 * <pre>{@code
 * migration.backfill(transform("tickets")
 *         .reads("subject")
 *         .writes("subject_normalised")
 *         .with(row -> normaliser.normalise(row.text("subject")).map(found -> Map.of("subject_normalised", found)))
 *         .concurrency(16));
 * }</pre>
 */
public final class Rows {
    private Rows() {}

    /** Changes rows of this table, written as in SQL: {@code tickets}, {@code support."Tickets"}. */
    public static TransformBackfill transform(String table) {
        return TransformBackfill.of(table);
    }

    /** Copies rows of this table of another database, written as in SQL. */
    public static CopyBackfill copy(String table) {
        return CopyBackfill.of(table);
    }
}
