package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-not-null}: a column that may be null from now on. New versions write nulls once expand is done; old ones
 * must cope with reading them.
 *
 * @param table has the column
 * @param column true spelling
 * @param down value of rows that have none by then, for undo; null: undo fails where there is such a row
 */
record DropNotNull(
        QualifiedName table, String column, @Nullable String down) implements Operation {
    static DropNotNull read(Arguments arguments) {
        return new DropNotNull(arguments.table("table"), arguments.name("column"), arguments.sqlOrNull("down"));
    }

    @Override
    public String keyword() {
        return "drop-not-null";
    }

    @Override
    public List<Part> expand() {
        return List.of(
                Guard.refuse(
                        ColumnCatalog.isNullable(table, column),
                        "column " + table.quoted() + "." + QualifiedName.quote(column)
                                + " may be null already, and undo would make it NOT NULL: leave the operation out"),
                Part.schema(new NotNull(table, column).drop()));
    }

    @Override
    public List<Part> undoExpand() {
        List<Part> parts = new ArrayList<>();
        if (down != null) {
            String fill = new Assignment(column, down).ofUpdate();
            String missing = Names.quoted(column) + " IS NULL AND (" + down + ") IS NOT NULL";
            parts.add(new BlockUpdate(table, fill, missing, null).part());
        }
        parts.addAll(new NotNull(table, column).parts());
        return parts;
    }
}
