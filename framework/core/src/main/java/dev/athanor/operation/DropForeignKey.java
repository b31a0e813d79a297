package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-foreign-key}: values need not be those of another table any more. In expand, so that new versions may write
 * what old ones do not; in contract when it is not told what it was, and so cannot be undone.
 *
 * @param table refers
 * @param name of the constraint
 * @param key what refers to what, for undo
 */
public record DropForeignKey(
        QualifiedName table, String name, @Nullable ForeignKey key) implements Operation {
    static DropForeignKey read(Arguments arguments) {
        return new DropForeignKey(
                arguments.table("table"),
                arguments.name("name"),
                arguments.has("references") ? ForeignKey.read(arguments) : null);
    }

    /** The same having done this with rows that refer to one that is deleted: {@code cascade} and so on. */
    public DropForeignKey onDelete(String action) {
        return new DropForeignKey(table, name, key == null ? null : key.onDelete(action));
    }

    /** The same having done this with rows that refer to one whose key changes. */
    public DropForeignKey onUpdate(String action) {
        return new DropForeignKey(table, name, key == null ? null : key.onUpdate(action));
    }

    @Override
    public String keyword() {
        return "drop-foreign-key";
    }

    @Override
    public void validate(Objections objections) {
        if (key != null) {
            key.validate(objections);
        }
    }

    @Override
    public List<Part> expand() {
        return key == null
                ? List.of()
                : List.of(
                        Guard.refuse(
                                "current_setting('server_version_num')::int < 180000 AND " + Guard.isPartitioned(table),
                                table.quoted() + " is partitioned, and PostgreSQL before 18 could not make the foreign"
                                        + " key again without a lock on both tables: leave out references=… , and it"
                                        + " cannot be undone"),
                        constraint(key).guardOfUndo(),
                        drop());
    }

    @Override
    public List<Part> contract() {
        return key == null ? List.of(drop()) : List.of();
    }

    @Override
    public List<Part> undoExpand() {
        return key == null ? List.of() : constraint(key).restore();
    }

    private TableConstraint constraint(ForeignKey was) {
        return new TableConstraint(table, name, was.definition());
    }

    private Part drop() {
        return Part.schema(Alter.table(table, "DROP CONSTRAINT " + Names.quoted(name)));
    }

    @Override
    public @Nullable String irreversible() {
        return key == null ? "drop-foreign-key of " + name + " is not told what it was: columns=… references=…" : null;
    }
}
