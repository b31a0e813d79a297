package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code merge-columns}: several columns as one, with old and new ones in step until contract.
 *
 * @param table has them
 * @param from the old columns
 * @param to the new column
 * @param type of the new column
 * @param up value of the new column
 * @param down value of each old column, in their order
 * @param was types of the old columns, in their order; none: contract cannot be taken back
 * @param unsynced whether applications write both sides themselves
 */
public record MergeColumns(
        QualifiedName table,
        List<String> from,
        String to,
        String type,
        String up,
        List<String> down,
        List<String> was,
        boolean unsynced)
        implements Operation {

    public MergeColumns {
        from = List.copyOf(from);
        down = List.copyOf(down);
        was = List.copyOf(was);
    }

    static MergeColumns read(Arguments arguments) {
        return new MergeColumns(
                arguments.table("table"),
                arguments.names("from"),
                arguments.name("to"),
                arguments.sql("type"),
                arguments.sql("up"),
                arguments.sqls("down"),
                arguments.sqls("was"),
                Sync.isOff(arguments));
    }

    /** The same with the old types, so that contract can be taken back. */
    public MergeColumns was(String... oldTypes) {
        return new MergeColumns(table, from, to, type, up, down, List.of(oldTypes), unsynced);
    }

    @Override
    public String keyword() {
        return "merge-columns";
    }

    @Override
    public void validate(Objections objections) {
        if (from.size() < 2 || from.contains(to)) {
            objections.add("found 'from=" + String.join(", ", from) + "' and 'to=" + to
                    + "', expected two or more old columns, and another new one");
        }
        if (down.size() != from.size() && !(down.isEmpty() && unsynced)) {
            objections.add("found " + down.size() + " times 'down', expected it once for each old column");
        }
        if (!was.isEmpty() && was.size() != from.size()) {
            objections.add("found " + was.size() + " times 'was', expected it once for each old column, or not at all");
        }
    }

    private Reshape reshape() {
        List<Assignment> downward = new ArrayList<>();
        for (int i = 0; i < down.size(); i++) {
            downward.add(new Assignment(from.get(i), down.get(i)));
        }
        return new Reshape(table, List.of(new Assignment(to, up)), List.of(type), from, downward, was, unsynced);
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
        return reshape().irreversible(keyword(), String.join(", ", from));
    }
}
