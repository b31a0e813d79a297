package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-table}: a table that no version of the application needs any more. Its foreign keys go first, one by one,
 * because each locks another table. Undo makes the table again, empty, when it is told what it was.
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
        String keys = "SELECT " + Names.statement("ALTER TABLE " + Names.quoted(table) + " DROP CONSTRAINT IF EXISTS ")
                + " || quote_ident(c.conname) FROM pg_catalog.pg_constraint c WHERE c.conrelid = "
                + Names.regclass(table) + " AND c.contype = 'f' AND c.conparentid = 0 ORDER BY c.conname;";
        return List.of(Part.autocommitRows(keys), Part.schema("DROP TABLE " + Names.quoted(table) + ";"));
    }

    @Override
    public List<Part> undoContract() {
        return body == null ? List.of() : List.of(Part.schema(body.create(table, "CREATE TABLE IF NOT EXISTS")));
    }

    @Override
    public @Nullable String irreversible() {
        return body == null
                ? "drop-table of " + table + " is not told what the table was: its columns behind it"
                : null;
    }
}
