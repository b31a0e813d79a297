package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code add-column}: a new column that old versions of the application need not know. A constant default is stored once
 * in the catalogue and costs nothing. Rows get any other value in batches: a default that calls functions, {@code up} from
 * other columns, or a generated value, which a trigger keeps up from then on.
 *
 * @param table gets the column
 * @param column what it is
 * @param up value in rows that are there and in those of old versions, over the columns of the table; null: the default
 * @param generated value in all rows for ever; null: none
 * @param virtual whether the generated value is worked out when it is read (PostgreSQL 18)
 * @param comment on the column; null: none
 */
public record AddColumn(
        QualifiedName table,
        Column column,
        @Nullable String up,
        @Nullable String generated,
        boolean virtual,
        @Nullable String comment)
        implements Operation {
    static AddColumn read(Arguments arguments) {
        return new AddColumn(
                arguments.table("table"),
                Column.read(arguments),
                arguments.sqlOrNull("up"),
                arguments.sqlOrNull("generated"),
                arguments.flag("virtual"),
                arguments.textOrNull("comment"));
    }

    /** The same with a value for rows that are there, and for those that old versions write: SQL over other columns. */
    public AddColumn up(String expression) {
        return new AddColumn(table, column, Fragments.whole("'up'", expression), generated, virtual, comment);
    }

    /** The same always having this value: SQL over other columns. */
    public AddColumn generated(String expression) {
        return new AddColumn(table, column, up, Fragments.whole("'generated'", expression), virtual, comment);
    }

    /** The same with a comment on the column. */
    public AddColumn comment(String text) {
        return new AddColumn(table, column, up, generated, virtual, text);
    }

    @Override
    public String keyword() {
        return "add-column";
    }

    @Override
    public void validate(Objections objections) {
        new ColumnValue(this).validate(objections);
    }

    @Override
    public List<Part> expand() {
        return new ColumnValue(this).expand();
    }

    @Override
    public List<Part> backfill() {
        return new ColumnValue(this).backfill();
    }

    @Override
    public List<Part> contract() {
        return new ColumnValue(this).contract();
    }

    /** What contract has done goes away with the column; so must the column, then. */
    @Override
    public List<Part> undoContract() {
        return contract().isEmpty() ? List.of() : undoExpand();
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema(new ColumnValue(this).dropTrigger() + Alter.dropColumn(table, column.name())));
    }
}
