package dev.athanor.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code create-function}: a function or procedure, as it stands behind the directive.
 *
 * @param signature its name and the types of its arguments, by which undo drops it; null: undo stands in the body
 * @param body the statement, and what takes it back
 */
record CreateFunction(@Nullable String signature, RawBody body) implements Operation {
    static CreateFunction read(Arguments arguments) {
        return new CreateFunction(
                arguments.sqlOrNull("signature"), RawBody.read(arguments, "a statement CREATE FUNCTION"));
    }

    @Override
    public String keyword() {
        return "create-function";
    }

    @Override
    public void validate(Objections objections) {
        body.validate(objections, keyword());
        if (!body.begins("CREATE")) {
            objections.add("found other SQL behind the directive, expected CREATE FUNCTION or CREATE PROCEDURE");
        }
        if (!body.hasUndo() && (signature == null || body.begins("CREATE", "OR", "REPLACE"))) {
            objections.add("found no undo, expected signature=\"name(types)\" of a function that was not there,"
                    + " or SQL behind a line: -- undo");
        }
    }

    @Override
    public List<Part> expand() {
        return List.of(Part.schema(body.does()));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema(body.hasUndo() ? body.undo() : "DROP ROUTINE IF EXISTS " + signature + ";"));
    }
}
