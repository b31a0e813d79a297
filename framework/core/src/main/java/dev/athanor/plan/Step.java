package dev.athanor.plan;

import dev.athanor.source.BackfillOptions;
import dev.athanor.source.BackfillWork;
import dev.athanor.source.SchemaOptions;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * One thing to do, ready to run: placeholders replaced, statements split. {@link #ordinal()} counts the sections of one
 * revision from 0 in file order and is how the ledger knows a step again.
 */
public sealed interface Step {

    /** Id of the revision it belongs to. */
    String revision();

    /** Index of its section in the revision, from 0. */
    int ordinal();

    /** Short name for progress and messages, such as {@code expand[0]} or a backfill's name. */
    String name();

    /** Where it is written, as {@code file:line}. */
    String origin();

    /** Schema statements: one transaction, or one by one. */
    record SchemaStep(
            String revision, int ordinal, String name, String origin, SchemaOptions options, List<String> statements)
            implements Step {
        public SchemaStep {
            statements = List.copyOf(statements);
        }
    }

    /**
     * A backfill.
     *
     * @param template its statement; of work on rows the shape of one, which is never run
     * @param work what is done with the rows
     */
    record BackfillStep(
            String revision,
            int ordinal,
            String name,
            String origin,
            QualifiedName table,
            List<String> key,
            BackfillOptions options,
            ChunkTemplate template,
            BackfillWork work)
            implements Step {
        public BackfillStep {
            key = List.copyOf(key);
        }

        /** A backfill of one statement. */
        public BackfillStep(
                String revision,
                int ordinal,
                String name,
                String origin,
                QualifiedName table,
                List<String> key,
                BackfillOptions options,
                ChunkTemplate template) {
            this(revision, ordinal, name, origin, table, key, options, template, new BackfillWork.Statement());
        }
    }

    /** A verification query: the number of rows still wrong. */
    record VerifyStep(String revision, int ordinal, String name, String origin, String sql) implements Step {}
}
