package dev.athanor.source;

import dev.athanor.revision.Phase;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/** One section of a revision, as written: placeholders not yet replaced. */
public sealed interface Section {

    /** Where the section's directive stands. */
    Origin origin();

    /** The phase in which the section runs: {@link Phase#BACKFILL} for verifications. */
    Phase phase();

    /** The text between its directive and the next, which begins on the line behind {@link #origin()}. */
    String sql();

    /**
     * {@code expand}, {@code contract}, or {@code undo} of any phase: schema statements.
     *
     * @param undo whether it takes its phase back instead of doing it
     * @param options as written on the directive
     */
    record Schema(Origin origin, Phase phase, boolean undo, SchemaOptions options, String sql) implements Section {}

    /**
     * {@code backfill}: a table is walked.
     *
     * @param name unique within the revision
     * @param table the table that is walked
     * @param key key columns; empty: the primary key, else a not-null unique index
     * @param sql one statement holding {@code ${chunk}} once; of work on rows its shape alone
     * @param work what is done with the rows
     */
    record Backfill(
            Origin origin,
            String name,
            QualifiedName table,
            List<String> key,
            BackfillOptions options,
            String sql,
            BackfillWork work)
            implements Section {
        public Backfill {
            key = List.copyOf(key);
        }

        @Override
        public Phase phase() {
            return Phase.BACKFILL;
        }
    }

    /**
     * {@code verify}: a query that returns the number of rows still wrong.
     *
     * @param name unique within the revision
     */
    record Verify(Origin origin, String name, String sql) implements Section {
        @Override
        public Phase phase() {
            return Phase.BACKFILL;
        }
    }
}
