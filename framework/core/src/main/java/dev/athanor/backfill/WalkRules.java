package dev.athanor.backfill;

import dev.athanor.catalog.KeyShape;
import dev.athanor.catalog.TablePicture;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillWork;
import dev.athanor.sql.KeyChange;
import dev.athanor.sql.StatementKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which walks are exactly-once, and the refusal of those that are not. */
final class WalkRules {
    private static final List<String> BY_BLOCK = List.of("ctid");

    private WalkRules() {}

    /** The key to walk by: the one that is asked for, or the table's best, or blocks where it has none. */
    static KeyShape key(BackfillStep step, TablePicture table) {
        if (table.kind() == TablePicture.Kind.OTHER) {
            throw new BackfillRefusedException(
                    step,
                    "not_a_table",
                    table.name() + " is not a table.",
                    "Name in table= the table that holds the rows.");
        }
        if (step.key().equals(BY_BLOCK)) {
            return blocks(step, table);
        }
        return table.key(step.key())
                .<KeyShape>map(key -> key)
                .orElseGet(() -> step.key().isEmpty() ? blocks(step, table) : noSuchKey(step, table));
    }

    /** The key by which a begun backfill has been walked so far; another one would not fit its cursors. */
    static KeyShape sameKey(BackfillStep step, TablePicture table, List<String> columns) {
        if (columns.equals(BY_BLOCK)) {
            return blocks(step, table);
        }
        return table.key(columns)
                .<KeyShape>map(key -> key)
                .orElseThrow(() -> new BackfillRefusedException(
                        step,
                        "key_is_gone",
                        "it has been walking " + table.name() + " by (" + String.join(", ", columns)
                                + "), which is no unique key over columns that are never null any more.",
                        "Make that key again, then: athanor resume " + step.revision()));
    }

    /** Refuses what cannot be exactly-once. */
    static void check(BackfillStep step, Walk walk) {
        String sql = walk.statement(true);
        boolean copies = step.work() instanceof BackfillWork.Copy;
        Set<String> changed = new TreeSet<>(copies ? Set.of() : KeyChange.columnsSet(sql, step.table()));
        changed.retainAll(walk.key().columnNames());
        if (!changed.isEmpty()) {
            throw new BackfillRefusedException(
                    step,
                    "changes_its_key",
                    "the statement sets " + String.join(", ", changed) + " of " + step.table()
                            + ", by which the table is walked: a changed row would be met again, or never.",
                    "Walk by another unique key: key=COLUMN in the directive.");
        }
        if (walk.key() instanceof KeyShape.Blocks && step.work() instanceof BackfillWork.OfRows) {
            throw new BackfillRefusedException(
                    step,
                    "no_key",
                    step.table() + " has no unique key over columns that are never null, by which rows that were worked"
                            + " on in the JVM could be found again.",
                    "Add a primary key, or a unique index over columns that are NOT NULL.");
        }
        if (walk.key() instanceof KeyShape.Blocks
                && StatementKind.of(sql) != StatementKind.DELETE
                && step.options().where() == null) {
            throw new BackfillRefusedException(
                    step,
                    "no_key",
                    step.table()
                            + " has no unique key over columns that are never null, so it is walked block by block;"
                            + " an update moves a row to another block, where it would be changed twice.",
                    "Add a primary key, or say which rows are still to be done, so that no row is done twice:"
                            + " where=\"CONDITION\" in the directive, made false by the statement.");
        }
    }

    private static KeyShape blocks(BackfillStep step, TablePicture table) {
        if (table.kind() == TablePicture.Kind.PARTITIONED) {
            throw new BackfillRefusedException(
                    step,
                    "no_key",
                    "partitioned table " + table.name() + " has no unique key over columns that are never null.",
                    "Add a primary key to it, or write one backfill for each partition.");
        }
        return new KeyShape.Blocks();
    }

    private static KeyShape noSuchKey(BackfillStep step, TablePicture table) {
        String known = table.keys().stream()
                .map(key -> "key=" + String.join(",", key.columnNames()))
                .collect(Collectors.joining(" or "));
        throw new BackfillRefusedException(
                step,
                "unknown_key",
                table.name() + " has no unique index over exactly (" + String.join(", ", step.key())
                        + "), in this order, of columns that are never null.",
                known.isEmpty() ? "Add such an index, or a primary key." : "It has: " + known + ".");
    }
}
