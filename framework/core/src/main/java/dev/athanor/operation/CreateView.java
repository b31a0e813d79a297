package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * {@code create-view}: a view, whose query stands behind the directive.
 *
 * @param name of the view
 * @param replace whether a view of that name is there, and is to be another one
 * @param body the query, and what makes the view that was there
 */
record CreateView(QualifiedName name, boolean replace, RawBody body) implements Operation {
    static CreateView read(Arguments arguments) {
        return new CreateView(
                arguments.table("name"), arguments.flag("replace"), RawBody.read(arguments, "the query of the view"));
    }

    @Override
    public String keyword() {
        return "create-view";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "name", name.name());
        RawBody.checkInner(objections, "the query of the view", RawBody.inner(body.does()));
        if (replace && !body.hasUndo()) {
            objections.add(
                    "found replace=true without what was there, expected SQL that makes it behind a line: -- undo");
        }
    }

    @Override
    public List<Part> expand() {
        String begin = replace ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ";
        return List.of(Part.schema(begin + Names.quoted(name) + " AS\n" + RawBody.inner(body.does()) + "\n;"));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema(body.hasUndo() ? body.undo() : "DROP VIEW IF EXISTS " + Names.quoted(name) + ";"));
    }
}
