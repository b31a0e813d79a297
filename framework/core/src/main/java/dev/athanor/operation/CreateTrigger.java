package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * {@code create-trigger}: a trigger, as it stands behind the directive.
 *
 * @param table has it
 * @param name of the trigger
 * @param body the statement, and what takes it back where that is more than dropping the trigger
 */
record CreateTrigger(QualifiedName table, String name, RawBody body) implements Operation {
    static CreateTrigger read(Arguments arguments) {
        return new CreateTrigger(
                arguments.table("table"),
                arguments.name("name"),
                RawBody.read(arguments, "a statement CREATE TRIGGER"));
    }

    @Override
    public String keyword() {
        return "create-trigger";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "name", name);
        body.validate(objections, keyword());
        if (!body.begins("CREATE")) {
            objections.add("found other SQL behind the directive, expected CREATE TRIGGER");
        }
        if (!body.hasUndo() && body.begins("CREATE", "OR", "REPLACE")) {
            objections.add("found CREATE OR REPLACE without what was there, expected SQL behind a line: -- undo");
        }
    }

    @Override
    public List<Part> expand() {
        return List.of(Part.schema(body.does()));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema(
                body.hasUndo()
                        ? body.undo()
                        : "DROP TRIGGER IF EXISTS " + Names.quoted(name) + " ON " + Names.quoted(table) + ";"));
    }
}
