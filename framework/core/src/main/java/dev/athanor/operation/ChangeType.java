package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code change-type}: a column in another type, without rewriting the table under a lock. All that belongs to the column
 * goes over to the new one: indexes, constraints, foreign keys from both sides, default, sequence or identity, comment,
 * statistics, privileges.
 *
 * @param table has the column
 * @param column its name
 * @param type the new type, collation included
 * @param to name of the new column when both versions of the application know their own; null: the name stays, both read
 *     and write the old column until contract
 * @param up new value from the columns of the row; null: a cast
 * @param down old value; null: a cast. Needed with {@code to}, and to take contract back
 * @param was the old type, without which contract cannot be taken back
 * @param unsynced whether applications write both columns themselves
 * @param value the default from the swap on, of the new type; null: the old one
 * @param wasValue the default so far, for undo; {@code NULL} for none
 */
public record ChangeType(
        QualifiedName table,
        String column,
        String type,
        @Nullable String to,
        @Nullable String up,
        @Nullable String down,
        @Nullable String was,
        boolean unsynced,
        @Nullable String value,
        @Nullable String wasValue)
        implements Operation {

    public ChangeType {
        Fragments.whole("the type of column '" + column + "'", type);
        for (String piece : Stream.of(up, down, was, value, wasValue)
                .filter(Objects::nonNull)
                .toList()) {
            Fragments.whole("an expression of column '" + column + "'", piece);
        }
    }

    /** The same, with both columns known to applications under this name until contract. */
    public ChangeType to(String name) {
        String other = QualifiedName.parse(name).name();
        return new ChangeType(table, column, type, other, up, down, was, unsynced, value, wasValue);
    }

    /** The same with expressions for the new value and the old one. */
    public ChangeType by(String upward, String downward) {
        return new ChangeType(table, column, type, to, upward, downward, was, unsynced, value, wasValue);
    }

    /** The same with the old type, so that contract can be taken back. */
    public ChangeType was(String oldType) {
        return new ChangeType(table, column, type, to, up, down, oldType, unsynced, value, wasValue);
    }

    /** The same with another default from contract on, and the one so far, {@code NULL} for none, for undo. */
    public ChangeType defaultValue(String newValue, String oldValue) {
        return new ChangeType(table, column, type, to, up, down, was, unsynced, newValue, oldValue);
    }

    /** The same for applications that write both columns themselves. */
    public ChangeType withoutTriggers() {
        return new ChangeType(table, column, type, to, up, down, was, true, value, wasValue);
    }

    static ChangeType read(Arguments arguments) {
        return new ChangeType(
                arguments.table("table"),
                arguments.name("column"),
                arguments.sql("type"),
                arguments.nameOrNull("to"),
                arguments.sqlOrNull("up"),
                arguments.sqlOrNull("down"),
                arguments.sqlOrNull("was"),
                Sync.isOff(arguments),
                arguments.sqlOrNull("default"),
                arguments.sqlOrNull("was-default"));
    }

    @Override
    public String keyword() {
        return "change-type";
    }

    @Override
    public void validate(Objections objections) {
        if (column.equals(to)) {
            objections.add("found the same name in 'column' and 'to', expected another name, or no 'to'");
        }
        if (to != null && !unsynced && was == null && down == null) {
            objections.add(
                    "found 'to' without 'was' and 'down', expected was=TYPE of the column so far, or an expression"
                            + " in down=… : what new versions write is written to the old column too");
        }
        if (unsynced && to == null) {
            objections.add("found sync=none without 'to', expected to=NAME: who writes both columns must know both");
        }
        if (value != null && was != null && wasValue == null) {
            objections.add("found 'default' without 'was-default', expected was-default=… , NULL for none: undo gives"
                    + " the column its old default again");
        }
        if (value == null && wasValue != null) {
            objections.add(
                    "found 'was-default' without 'default', expected both: the default stays as it is otherwise");
        }
    }

    private Replacement replacement() {
        String source = up != null ? up : Names.quoted(column) + "::" + type;
        String target = to == null ? column : to;
        String back = down != null ? down : Names.quoted(target) + (was == null ? "" : "::" + was);
        return new Replacement(table, column, to, type, source, back, !unsynced, value, wasValue, null);
    }

    @Override
    public List<Part> expand() {
        List<Part> parts = new ArrayList<>(refusals());
        parts.addAll(replacement().begin());
        if (to != null) {
            parts.addAll(replacement().forReaders());
        }
        return parts;
    }

    private List<Part> refusals() {
        List<String> queries = new ArrayList<>();
        boolean cast = up == null || Obstacles.isCast(column, up);
        if (value != null) {
            queries.add(Obstacles.refuseIdentity(table, column));
        } else if (!cast) {
            queries.add(Obstacles.refuseDefault(table, column));
        }
        if (!cast) {
            queries.add(Obstacles.refuseOtherMeaning(table, column));
        }
        return queries.isEmpty() ? List.of() : List.of(Part.asks(String.join(";\n", queries) + ";"));
    }

    @Override
    public List<Part> backfill() {
        Replacement one = replacement();
        String name = Names.quoted(table);
        Part fill = Part.backfill(
                        table,
                        "UPDATE " + name + " SET " + one.assignment() + " WHERE ${chunk} AND (" + one.missing() + ");")
                .with("quiets", one.sync().name());
        if (to != null) {
            fill = fill.until(Names.quoted(to) + " IS NULL");
        } else if (up == null) {
            fill = fill.until(one.missing());
        }
        return List.of(fill, Part.verify("SELECT count(*) FROM " + name + " WHERE " + one.missing() + ";"));
    }

    @Override
    public List<Part> contract() {
        return replacement().finish();
    }

    @Override
    public List<Part> undoContract() {
        List<Part> parts = new ArrayList<>(fits());
        parts.addAll(takeBack());
        return parts;
    }

    /** Refuses where a value has come that the old type cannot hold: a trigger would fail in every write of such a one. */
    List<Part> fits() {
        return was == null ? List.of() : List.of(replacement().back(was).fits());
    }

    /** Undoes contract where all values fit. */
    List<Part> takeBack() {
        if (was == null) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>(replacement().restoreForeignKeys());
        parts.addAll(replacement().back(was).whole());
        return parts;
    }

    @Override
    public List<Part> undoExpand() {
        return replacement().drop();
    }

    @Override
    public @Nullable String irreversible() {
        return was != null
                ? null
                : "change-type of column '" + column
                        + "' was not told its old type: say was=TYPE to be able to go back";
    }
}
