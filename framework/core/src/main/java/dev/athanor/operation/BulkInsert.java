package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code bulk-insert}: rows that the application needs, such as those of a lookup table. They stand behind the directive, as
 * behind {@code VALUES}. Undo deletes the rows that have their keys; where rows may have been there before, only if told so.
 *
 * @param table gets them
 * @param columns that are given, in their order
 * @param key those of them that tell rows apart
 * @param onConflict {@code nothing}: rows whose key is there already are left as they are; null: they are an error
 * @param undo {@code delete}: undo deletes rows with these keys even if they may have been there before; null: with
 *     onConflict nobody can tell them apart, so that there is no undo
 * @param rows the rows
 */
public record BulkInsert(
        QualifiedName table,
        List<String> columns,
        List<String> key,
        @Nullable String onConflict,
        @Nullable String undo,
        RowValues rows)
        implements Operation {
    public BulkInsert {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    static BulkInsert read(Arguments arguments) {
        return new BulkInsert(
                arguments.table("table"),
                arguments.names("columns"),
                arguments.names("key"),
                arguments.oneOf("on-conflict", List.of("nothing")),
                arguments.oneOf("undo", List.of("delete")),
                RowValues.parse(arguments.body("rows: (1, 'new'), (2, 'open')")));
    }

    /** The same leaving rows as they are whose key is there already. Without {@link #undoDelete} it cannot be undone. */
    public BulkInsert onConflictNothing() {
        return new BulkInsert(table, columns, key, "nothing", undo, rows);
    }

    /** The same with an undo that deletes all rows with these keys, even those that were there before. */
    public BulkInsert undoDelete() {
        return new BulkInsert(table, columns, key, onConflict, "delete", rows);
    }

    @Override
    public String keyword() {
        return "bulk-insert";
    }

    @Override
    public void validate(Objections objections) {
        if (rows.rows().isEmpty()) {
            objections.add(
                    "found no rows behind the directive, expected them as behind VALUES: (1, 'new'), (2, 'open')");
        }
        rows.rows().stream()
                .filter(row -> row.size() != columns.size())
                .findFirst()
                .ifPresent(row -> objections.add("found a row of " + row.size() + " values, expected " + columns.size()
                        + ", one for each column"));
        if (!columns.containsAll(key)) {
            objections.add("found " + key + " in 'key', expected some of the columns " + columns);
        }
    }

    @Override
    public List<Part> expand() {
        String conflict = onConflict == null
                ? ""
                : "\nON CONFLICT (" + Names.quoted(key) + ") DO " + onConflict.toUpperCase(Locale.ROOT);
        return List.of(Part.schema("INSERT INTO " + Names.quoted(table) + " (" + Names.quoted(columns) + ") VALUES\n"
                + rows.values() + conflict + ";"));
    }

    @Override
    public List<Part> undoExpand() {
        if (onConflict != null && undo == null) {
            return List.of();
        }
        List<Integer> places = key.stream().map(columns::indexOf).toList();
        return List.of(Part.schema("DELETE FROM " + Names.quoted(table) + " WHERE (" + Names.quoted(key) + ") IN "
                + rows.values(places) + ";"));
    }
}
