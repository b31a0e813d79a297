package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code enum-to-text}: a column of an enum as text, as {@link ChangeType} does it.
 *
 * @param table has the column
 * @param column its name
 * @param to another name for new versions of the application; null: the name stays
 * @param was the enum, without which contract cannot be taken back
 * @param unsynced whether applications write both columns themselves
 */
public record EnumToText(
        QualifiedName table,
        String column,
        @Nullable String to,
        @Nullable String was,
        boolean unsynced) implements Operation {
    static EnumToText read(Arguments arguments) {
        return new EnumToText(
                arguments.table("table"),
                arguments.name("column"),
                arguments.nameOrNull("to"),
                arguments.sqlOrNull("was"),
                Sync.isOff(arguments));
    }

    /** The same with the enum that it was, so that contract can be taken back. */
    public EnumToText was(String oldType) {
        return new EnumToText(table, column, to, oldType, unsynced);
    }

    private ChangeType change() {
        return new ChangeType(table, column, "text", to, null, null, was, unsynced, null, null);
    }

    @Override
    public String keyword() {
        return "enum-to-text";
    }

    @Override
    public void validate(Objections objections) {
        change().validate(objections);
    }

    @Override
    public List<Part> expand() {
        return change().expand();
    }

    @Override
    public List<Part> backfill() {
        return change().backfill();
    }

    @Override
    public List<Part> contract() {
        return change().contract();
    }

    @Override
    public List<Part> undoContract() {
        return change().undoContract();
    }

    @Override
    public List<Part> undoExpand() {
        return change().undoExpand();
    }

    @Override
    public @Nullable String irreversible() {
        return change().irreversible();
    }
}
