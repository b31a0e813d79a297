package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code create-sequence}: a new sequence.
 *
 * @param name of the sequence
 * @param options as behind {@code CREATE SEQUENCE}; null: none
 */
record CreateSequence(QualifiedName name, @Nullable String options) implements Operation {
    static CreateSequence read(Arguments arguments) {
        return new CreateSequence(arguments.table("name"), arguments.sqlOrNull("options"));
    }

    @Override
    public String keyword() {
        return "create-sequence";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "name", name.name());
    }

    @Override
    public List<Part> expand() {
        return List.of(Sequence.create(name, "CREATE SEQUENCE", options));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Sequence.drop(name, "DROP SEQUENCE IF EXISTS"));
    }
}
