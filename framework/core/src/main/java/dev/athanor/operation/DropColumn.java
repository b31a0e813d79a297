package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-column}: a column that new versions of the application neither read nor write. In expand it may be null, so
 * that they need not write it; in contract what hangs on it goes first, each under a short lock of its own. Both begin by
 * refusing a column that something else depends on, while nothing has been changed.
 *
 * <p>That it was NOT NULL is remembered by a check on the column that is always true and goes away with it; so is, in undo,
 * that the column is made anew.
 *
 * @param table has the column
 * @param column true spelling
 * @param type of the column, for undo; null: it cannot be undone
 * @param value its default, for undo; null: none
 * @param notNull whether it was NOT NULL, for undo
 * @param down value in the rows that are there, over the other columns, for undo; null: null
 * @param after statements of undo behind all that: indexes and constraints that have gone with the column
 * @param dependentsLater whether what depends on it is dropped by contract of the same revision, before this: expand then
 *     does not ask for it, contract does
 */
public record DropColumn(
        QualifiedName table,
        String column,
        @Nullable String type,
        @Nullable String value,
        boolean notNull,
        @Nullable String down,
        String after,
        boolean dependentsLater)
        implements Operation {
    static DropColumn read(Arguments arguments) {
        return new DropColumn(
                arguments.table("table"),
                arguments.name("column"),
                arguments.sqlOrNull("type"),
                arguments.sqlOrNull("default"),
                arguments.flag("not-null"),
                arguments.sqlOrNull("down"),
                arguments.bodyOrEmpty(),
                arguments.oneOf("dependents", List.of("contract")) != null);
    }

    /** The same with the value that undo gives to rows that are there: SQL over the other columns. */
    public DropColumn down(String expression) {
        return new DropColumn(
                table, column, type, value, notNull, Fragments.whole("'down'", expression), after, dependentsLater);
    }

    /** The same with statements that undo runs in the end, in autocommit: indexes and constraints. */
    public DropColumn after(String statements) {
        return new DropColumn(table, column, type, value, notNull, down, statements, dependentsLater);
    }

    /** The same for a column on which things depend that contract of this revision drops before it: views, foreign keys. */
    public DropColumn afterItsDependents() {
        return new DropColumn(table, column, type, value, notNull, down, after, true);
    }

    @Override
    public String keyword() {
        return "drop-column";
    }

    @Override
    public void validate(Objections objections) {
        if (type == null && (value != null || notNull || down != null || !after.isEmpty())) {
            objections.add("found what undo is to do without the type of the column, expected type=…");
        }
    }

    @Override
    public List<Part> expand() {
        String marker = Alter.table(table, "ADD " + mark(wasNotNull()));
        String mustBeWritten = " FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + Names.regclass(table)
                + " AND a.attname = " + Names.literal(column) + " AND NOT a.attisdropped AND a.attnotnull"
                + " AND NOT a.atthasdef AND a.attidentity = '';\n";
        List<String> refusals = Dependents.refuseToDrop(table, column, false);
        return List.of(Part.rows(joined(dependentsLater ? refusals.subList(0, 1) : refusals) + "SELECT "
                + Names.statement(marker) + mustBeWritten + "SELECT "
                + Names.statement(new NotNull(table, column).drop()) + mustBeWritten));
    }

    @Override
    public List<Part> undoExpand() {
        List<Part> parts = new ArrayList<>();
        if (down != null) {
            parts.add(refill(down, has(wasNotNull())));
        }
        parts.addAll(new NotNull(table, column).partsWhere(has(wasNotNull())));
        parts.add(Part.schema(Alter.dropConstraint(table, wasNotNull())));
        return parts;
    }

    @Override
    public List<Part> contract() {
        return List.of(
                Part.asks(joined(Dependents.refuseToDrop(table, column, true))),
                Part.rows(FillTrigger.staying(table, column).dropIfThere()),
                Part.autocommitRows(ColumnCatalog.dropForeignKeys(table, column)),
                Part.autocommitRows(ColumnCatalog.dropIndexes(table, column)),
                Part.schema(Alter.table(table, "DROP COLUMN " + Names.quoted(column))));
    }

    @Override
    public List<Part> undoContract() {
        if (type == null) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>(List.of(addAgain(type)));
        if (down != null) {
            parts.add(refill(down, has(isNew())));
        }
        if (notNull) {
            parts.addAll(new NotNull(table, column).partsWhere(has(isNew())));
        }
        if (!after.isEmpty()) {
            parts.add(Part.autocommit(after));
        }
        parts.add(Part.schema(Alter.dropConstraint(table, isNew())));
        return parts;
    }

    /** Unless contract has not come to drop it: what is null in it then is so because somebody has written that. */
    private Part addAgain(String columnType) {
        String add = "ALTER TABLE " + Names.quoted(table) + " ADD COLUMN " + Names.quoted(column) + " " + columnType
                + (value == null ? "" : " DEFAULT " + value) + ", ADD " + mark(isNew());
        return Part.rows("SELECT " + Names.statement(add) + " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a"
                + " WHERE a.attrelid = " + Names.regclass(table) + " AND a.attname = " + Names.literal(column)
                + " AND NOT a.attisdropped);");
    }

    private static String joined(List<String> refusals) {
        return String.join(";\n", refusals) + ";\n";
    }

    private Part refill(String expression, String condition) {
        String set = new Assignment(column, expression).ofUpdate();
        String missing = Names.quoted(column) + " IS NULL AND (" + expression + ") IS NOT NULL";
        String update = new BlockUpdate(table, set, missing, null).sql();
        return BlockUpdate.endless(
                Part.autocommitRows("SELECT " + Names.statement(update) + " WHERE " + condition + ";"));
    }

    /** A check that is always true, and goes away with the column. */
    private String mark(String name) {
        return "CONSTRAINT " + Names.quoted(name) + " CHECK (" + Names.quoted(column)
                + " IS NOT NULL OR true) NOT VALID";
    }

    private String wasNotNull() {
        return Names.own("was_not_null", table.name(), column);
    }

    /** Undo of contract has made the column, and has still to fill it. */
    private String isNew() {
        return Names.own("is_new", table.name(), column);
    }

    private String has(String mark) {
        return "EXISTS (SELECT FROM pg_catalog.pg_constraint m WHERE m.conrelid = " + Names.regclass(table)
                + " AND m.conname = " + Names.literal(mark) + ")";
    }

    @Override
    public @Nullable String irreversible() {
        return type == null ? "drop-column of " + column + " is not told what it was: type=…" : null;
    }
}
