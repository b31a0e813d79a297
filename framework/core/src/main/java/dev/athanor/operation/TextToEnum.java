package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code text-to-enum}: a column of text as an enum that is there, as {@link ChangeType} does it.
 *
 * @param table has the column
 * @param column its name
 * @param type the enum
 * @param to another name for new versions of the application; null: the name stays
 * @param up the enum's value from the columns of the row, for texts that are no names of values; null: a cast
 * @param was the old type
 * @param unsynced whether applications write both columns themselves
 * @param value the default from contract on; null: the old one
 * @param wasValue the default so far, for undo; {@code NULL} for none
 */
public record TextToEnum(
        QualifiedName table,
        String column,
        String type,
        @Nullable String to,
        @Nullable String up,
        String was,
        boolean unsynced,
        @Nullable String value,
        @Nullable String wasValue)
        implements Operation {
    private static final String TEXT = "text";

    static TextToEnum read(Arguments arguments) {
        return new TextToEnum(
                arguments.table("table"),
                arguments.name("column"),
                arguments.sql("type"),
                arguments.nameOrNull("to"),
                arguments.sqlOrNull("up"),
                Objects.requireNonNullElse(arguments.sqlOrNull("was"), TEXT),
                Sync.isOff(arguments),
                arguments.sqlOrNull("default"),
                arguments.sqlOrNull("was-default"));
    }

    /** Of a column of type text. */
    static TextToEnum of(QualifiedName table, String column, String type) {
        return new TextToEnum(table, column, type, null, null, TEXT, false, null, null);
    }

    /** The same with an expression for texts that are no names of values. */
    public TextToEnum by(String expression) {
        return new TextToEnum(table, column, type, to, expression, was, unsynced, value, wasValue);
    }

    /** The same with another default from contract on, and the one so far, {@code NULL} for none, for undo. */
    public TextToEnum defaultValue(String newValue, String oldValue) {
        return new TextToEnum(table, column, type, to, up, was, unsynced, newValue, oldValue);
    }

    private ChangeType change() {
        return new ChangeType(table, column, type, to, up, null, was, unsynced, value, wasValue);
    }

    @Override
    public String keyword() {
        return "text-to-enum";
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
}
