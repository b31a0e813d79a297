package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code alter-sequence}: a sequence with other options. In expand; in contract when it is not told what the options were,
 * and so cannot be undone.
 *
 * @param name of the sequence
 * @param options as behind {@code ALTER SEQUENCE}
 * @param was the same options so far, for undo
 */
record AlterSequence(
        QualifiedName name, String options, @Nullable String was) implements Operation {
    static AlterSequence read(Arguments arguments) {
        return new AlterSequence(arguments.table("name"), arguments.sql("options"), arguments.sqlOrNull("was"));
    }

    @Override
    public String keyword() {
        return "alter-sequence";
    }

    @Override
    public List<Part> expand() {
        return was == null ? List.of() : List.of(alter(options));
    }

    @Override
    public List<Part> contract() {
        return was == null ? List.of(alter(options)) : List.of();
    }

    @Override
    public List<Part> undoExpand() {
        return was == null ? List.of() : List.of(alter(was));
    }

    private Part alter(String to) {
        return Sequence.create(name, "ALTER SEQUENCE", to);
    }

    @Override
    public @Nullable String irreversible() {
        return was == null ? "alter-sequence of " + name + " is not told what the options were: was=…" : null;
    }
}
