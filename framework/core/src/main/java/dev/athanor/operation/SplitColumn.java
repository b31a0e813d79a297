package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code split-column}: one column as several, with old and new ones in step until contract.
 *
 * @param table has them
 * @param from the old column
 * @param to the new columns
 * @param types of the new columns; one for all, or one for each
 * @param up value of each new column, in their order
 * @param down value of the old column
 * @param was type of the old column; null: contract cannot be taken back
 * @param unsynced whether applications write both sides themselves
 */
public record SplitColumn(
        QualifiedName table,
        String from,
        List<String> to,
        List<String> types,
        List<String> up,
        @Nullable String down,
        @Nullable String was,
        boolean unsynced)
        implements Operation {

    public SplitColumn {
        to = List.copyOf(to);
        types = List.copyOf(types);
        up = List.copyOf(up);
    }

    static SplitColumn read(Arguments arguments) {
        return new SplitColumn(
                arguments.table("table"),
                arguments.name("from"),
                arguments.names("to"),
                arguments.sqls("type"),
                arguments.sqls("up"),
                arguments.sqlOrNull("down"),
                arguments.sqlOrNull("was"),
                Sync.isOff(arguments));
    }

    /** The same with the old type, so that contract can be taken back. */
    public SplitColumn was(String oldType) {
        return new SplitColumn(table, from, to, types, up, down, oldType, unsynced);
    }

    @Override
    public String keyword() {
        return "split-column";
    }

    @Override
    public void validate(Objections objections) {
        if (to.size() < 2 || to.contains(from)) {
            objections.add("found 'to=" + String.join(", ", to) + "', expected two or more other columns");
        }
        if (types.size() != 1 && types.size() != to.size()) {
            objections.add("found " + types.size() + " times 'type', expected it once, or once for each new column");
        }
        if (up.size() != to.size()) {
            objections.add("found " + up.size() + " times 'up', expected it once for each new column");
        }
        if (down == null && !unsynced) {
            objections.add(
                    "found no 'down', expected down=… : what new versions write is written to the old column too");
        }
    }

    private Reshape reshape() {
        List<Assignment> upward = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            upward.add(new Assignment(to.get(i), up.get(i)));
        }
        return new Reshape(
                table,
                upward,
                types.size() == 1 ? Collections.nCopies(to.size(), types.get(0)) : types,
                List.of(from),
                down == null ? List.of() : List.of(new Assignment(from, down)),
                was == null ? List.of() : List.of(was),
                unsynced);
    }

    @Override
    public List<Part> expand() {
        return reshape().expand();
    }

    @Override
    public List<Part> backfill() {
        return reshape().backfill();
    }

    @Override
    public List<Part> contract() {
        return reshape().contract();
    }

    @Override
    public List<Part> undoContract() {
        return reshape().undoContract();
    }

    @Override
    public List<Part> undoExpand() {
        return reshape().undoExpand();
    }

    @Override
    public @Nullable String irreversible() {
        return reshape().irreversible(keyword(), from);
    }
}
