package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code set-not-null}: a column that is never null. With a value for rows that have none, a trigger gives it to what old
 * versions write, and a backfill to the rows that are there; without one, contract fails where a row has none.
 *
 * @param table has the column
 * @param column true spelling
 * @param up value of rows that have none, over the columns of the table; null: there are none
 */
record SetNotNull(
        QualifiedName table, String column, @Nullable String up) implements Operation {
    static SetNotNull read(Arguments arguments) {
        return new SetNotNull(arguments.table("table"), arguments.name("column"), arguments.sqlOrNull("up"));
    }

    @Override
    public String keyword() {
        return "set-not-null";
    }

    @Override
    public List<Part> expand() {
        Part asked = Guard.refuse(
                "NOT " + ColumnCatalog.isNullable(table, column),
                "column " + table.quoted() + "." + QualifiedName.quote(column)
                        + " is NOT NULL already, and undo would let it be null: leave the operation out");
        return up == null
                ? List.of(asked)
                : List.of(asked, trigger(up).refusals(), trigger(up).create());
    }

    @Override
    public List<Part> backfill() {
        if (up == null) {
            return List.of();
        }
        String missing = Names.quoted(column) + " IS NULL";
        Part fill = Part.backfill(
                table,
                "UPDATE " + Names.quoted(table) + " SET " + new Assignment(column, up).ofUpdate()
                        + " WHERE ${chunk} AND " + missing + ";");
        return List.of(
                fill.until(missing).with("quiets", trigger(up).name()),
                Part.verify("SELECT count(*) FROM " + Names.quoted(table) + " WHERE " + missing + ";"));
    }

    @Override
    public List<Part> contract() {
        List<Part> parts = new ArrayList<>(new NotNull(table, column).parts());
        if (up != null) {
            parts.add(Part.schema(trigger(up).drop()));
        }
        return parts;
    }

    @Override
    public List<Part> undoContract() {
        return List.of(new NotNull(table, column).undo());
    }

    @Override
    public List<Part> undoExpand() {
        return up == null ? List.of() : List.of(Part.schema(trigger(up).drop()));
    }

    private FillTrigger trigger(String value) {
        return new FillTrigger(table, new Assignment(column, value), FillTrigger.When.MISSING);
    }
}
