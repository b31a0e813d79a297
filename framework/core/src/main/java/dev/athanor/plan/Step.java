package dev.athanor.plan;

import dev.athanor.source.BackfillOptions;
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

    /** A backfill. */
    record BackfillStep(
            String revision,
            int ordinal,
            String name,
            String origin,
            QualifiedName table,
            List<String> key,
            BackfillOptions options,
            ChunkTemplate template)
            implements Step {
        public BackfillStep {
            key = List.copyOf(key);
        }
    }

    /** A verification query: the number of rows still wrong. */
    record VerifyStep(String revision, int ordinal, String name, String origin, String sql) implements Step {}
}
