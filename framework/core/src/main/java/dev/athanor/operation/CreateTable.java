package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * {@code create-table}: a new table, whose columns and constraints stand behind the directive.
 *
 * @param table its name
 * @param body what it is
 */
record CreateTable(QualifiedName table, TableBody body) implements Operation {
    static CreateTable read(Arguments arguments) {
        return new CreateTable(
                arguments.table("table"), TableBody.of(arguments, arguments.body("the columns of the table")));
    }

    @Override
    public String keyword() {
        return "create-table";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "table", table.name());
        body.validate(objections);
    }

    @Override
    public List<Part> expand() {
        return List.of(Part.schema(body.create(table, "CREATE TABLE")));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema("DROP TABLE IF EXISTS " + Names.quoted(table) + ";"));
    }
}
