package dev.athanor.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of the schema that knows its phases. Plain text comes in and plain text goes out: an operation asks no
 * database, so that the same revision is the same SQL everywhere. What only the catalogue knows is asked by the server
 * when the part runs ({@link Part#rows}).
 *
 * <p>Every kind is a record; what its components say is what the checksum of its revision counts, so a component that is
 * added later must be null, false or empty when nothing is said of it.
 */
public sealed interface Operation
        permits AddCheck,
                AddColumn,
                AddForeignKey,
                AddIdentity,
                AddPrimaryKey,
                AddUnique,
                AlterEnum,
                AlterSequence,
                BulkInsert,
                ChangeType,
                CommentOn,
                CreateEnum,
                CreateFunction,
                CreateIndex,
                CreateSequence,
                CreateTable,
                CreateTrigger,
                CreateView,
                DropCheck,
                DropColumn,
                DropDefault,
                DropForeignKey,
                DropIdentity,
                DropIndex,
                DropNotNull,
                DropPrimaryKey,
                DropSequence,
                DropTable,
                DropUnique,
                EnumToText,
                ExtractTable,
                MergeColumns,
                MoveColumn,
                RawSql,
                RenameColumn,
                RenameTable,
                ReplacePrimaryKey,
                SetDefault,
                SetNotNull,
                SplitColumn,
                TextToEnum,
                VersionView {
    /** What it is called in {@code -- athanor:operation KEYWORD}. */
    String keyword();

    /** Tells what is wrong with its facts taken together; each fact by itself was looked at when it was read. */
    default void validate(Objections objections) {}

    /** What old and new versions of the application can both live with. */
    default List<Part> expand() {
        return List.of();
    }

    /** Backfills and behind them the verifications; none for an operation that changes the schema alone. */
    default List<Part> backfill() {
        return List.of();
    }

    /** What only the new version of the application can live with. */
    default List<Part> contract() {
        return List.of();
    }

    /**
     * Takes expand back, in the order in which it is to run; must also take back an expand that a taken back contract has
     * left in part. It is run only where a part of expand has been, questions aside: so what expand makes, it may take away
     * without asking whose it is, as long as it was made by the first part that does anything, or behind a question.
     */
    default List<Part> undoExpand() {
        return List.of();
    }

    /** Takes the backfill back; nothing when it goes away with what expand has made. */
    default List<Part> undoBackfill() {
        return List.of();
    }

    /** Takes contract back, where a part of it was run, questions aside; nothing, and a reason in {@link #irreversible}, when that cannot be. */
    default List<Part> undoContract() {
        return List.of();
    }

    /** Why its contract cannot be taken back; null when it can. */
    default @Nullable String irreversible() {
        return null;
    }

    /** All that it was told, in a stable form; for checksums. */
    default List<String> facts() {
        return Facts.of((Record) this);
    }
}
