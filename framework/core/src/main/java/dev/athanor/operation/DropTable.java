package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-table}: a table that no version of the application needs any more. Its foreign keys go first, one by one,
 * because each locks another table. Undo makes the table again, empty, when it is told what it was; where contract has not
 * come to drop it, it brings its foreign keys back.
 *
 * @param table its name
 * @param body what it was, for undo; null: it cannot be undone
 */
record DropTable(QualifiedName table, @Nullable TableBody body) implements Operation {
    static DropTable read(Arguments arguments) {
        String columns = arguments.bodyOrEmpty();
        TableBody told = TableBody.of(arguments, columns);
        return new DropTable(arguments.table("table"), RawBody.isBlank(columns) ? null : told);
    }

    @Override
    public String keyword() {
        return "drop-table";
    }

    @Override
    public void validate(Objections objections) {
        if (body != null) {
            body.validate(objections);
        }
    }

    @Override
    public List<Part> contract() {
        List<Part> parts = new ArrayList<>(List.of(Part.asks(Dependents.refuseTable(table) + ";")));
        if (body != null) {
            parts.add(keys().keep());
        }
        parts.add(keys().drop());
        parts.add(Part.schema("DROP TABLE " + Names.quoted(table) + ";\n" + (body == null ? "" : keys().forget())));
        return parts;
    }

    @Override
    public List<Part> undoContract() {
        if (body == null) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>(List.of(Part.schema(body.create(table, "CREATE TABLE IF NOT EXISTS"))));
        parts.addAll(keys().restore());
        return parts;
    }

    private ForeignKeys keys() {
        return new ForeignKeys(table);
    }

    @Override
    public @Nullable String irreversible() {
        return body == null
                ? "drop-table of " + table + " is not told what the table was: its columns behind it"
                : null;
    }
}
