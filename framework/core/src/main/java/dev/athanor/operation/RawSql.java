package dev.athanor.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sql}: statements with those that take them back. In expand; in contract when there is no undo. {@code phase=} says
 * otherwise.
 *
 * @param autocommit whether each statement is a transaction of its own
 * @param body the statements, and those of undo
 */
record RawSql(boolean autocommit, RawBody body) implements Operation {
    static RawSql read(Arguments arguments) {
        boolean autocommit = arguments.oneOf("transaction", List.of("none")) != null;
        return new RawSql(autocommit, RawBody.read(arguments, "statements"));
    }

    @Override
    public String keyword() {
        return "sql";
    }

    @Override
    public void validate(Objections objections) {
        body.validate(objections, keyword());
    }

    @Override
    public List<Part> expand() {
        return body.hasUndo() ? List.of(part(body.does())) : List.of();
    }

    @Override
    public List<Part> contract() {
        return body.hasUndo() ? List.of() : List.of(part(body.does()));
    }

    @Override
    public List<Part> undoExpand() {
        return body.hasUndo() ? List.of(part(body.undo())) : List.of();
    }

    private Part part(String statements) {
        return autocommit ? Part.autocommit(statements) : Part.schema(statements);
    }

    @Override
    public @Nullable String irreversible() {
        return body.hasUndo() ? null : "an operation sql has no statements behind a line: -- undo";
    }
}
