package dev.athanor.catalog;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A table as the walk needs to know it.
 *
 * @param name with the schema in which it was found
 * @param kind ordinary or partitioned table, or something that cannot be walked
 * @param analysed whether the planner has statistics
 * @param rows estimate of the planner; 0 without statistics
 * @param blocks pages of 8 kB of the table and its partitions
 * @param keys unique keys over columns that are never null, the primary key first
 */
public record TablePicture(
        QualifiedName name, Kind kind, boolean analysed, long rows, long blocks, List<KeyShape.Columns> keys) {
    public TablePicture {
        keys = List.copyOf(keys);
    }

    /** What stands behind a table's name. */
    public enum Kind {
        /** An ordinary table. */
        TABLE,
        /** The parent of partitions. */
        PARTITIONED,
        /** A view, a foreign table or something else that has no rows of its own. */
        OTHER;

        /** From {@code pg_class.relkind}. */
        public static Kind of(String relkind) {
            return switch (relkind) {
                case "r" -> TABLE;
                case "p" -> PARTITIONED;
                default -> OTHER;
            };
        }
    }

    /** The key to walk by: the one of exactly these columns in this order, or the first when none are named. */
    public Optional<KeyShape.Columns> key(List<String> columns) {
        return keys.stream()
                .filter(key -> columns.isEmpty() || key.columnNames().equals(columns))
                .findFirst();
    }
}
