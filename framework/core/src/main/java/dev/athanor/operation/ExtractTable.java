package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code extract-table}: columns of a table in a new table of their own, one row for each row of the first, in step until
 * contract.
 *
 * @param table has the columns so far
 * @param columns their names there
 * @param into the new table
 * @param to their names in it, in the same order
 * @param key column of the first table that is a key …
 * @param toKey … which this column, the primary key of the new table, refers to
 * @param onDelete {@code cascade} or {@code restrict}, what happens when a row of the first table is deleted; null: no
 *     action
 * @param filledOnly whether only rows that have something in the columns get one in the new table
 * @param unsynced whether applications write both sides themselves
 */
public record ExtractTable(
        QualifiedName table,
        List<String> columns,
        QualifiedName into,
        List<String> to,
        String key,
        String toKey,
        @Nullable String onDelete,
        boolean filledOnly,
        boolean unsynced)
        implements Operation {
    private static final List<String> ACTIONS = List.of("no-action", "restrict", "cascade");

    /** Before the second that the server lets pass until it looks for deadlocks, so that this one gives way. */
    private static final String PATIENCE = "200ms";

    public ExtractTable {
        columns = List.copyOf(columns);
        to = List.copyOf(to);
    }

    static ExtractTable read(Arguments arguments) {
        List<String> columns = arguments.names("columns");
        List<String> to = arguments.namesOrNone("to");
        return new ExtractTable(
                arguments.table("table"),
                columns,
                arguments.table("into"),
                to.isEmpty() ? columns : to,
                arguments.name("key"),
                arguments.name("to-key"),
                arguments.oneOf("on-delete", ACTIONS),
                "filled".equals(arguments.oneOf("rows", List.of("all", "filled"))),
                Sync.isOff(arguments));
    }

    /** The same under other names in the new table, in the same order. */
    public ExtractTable to(String... names) {
        List<String> read = Operations.namesOf(List.of(names));
        return new ExtractTable(table, columns, into, read, key, toKey, onDelete, filledOnly, unsynced);
    }

    /** The same doing this when a row of the first table is deleted: {@code cascade}, {@code restrict}, {@code no-action}. */
    public ExtractTable onDelete(String action) {
        if (!ACTIONS.contains(action)) {
            throw new IllegalArgumentException(
                    "found action '" + action + "', expected one of " + String.join(", ", ACTIONS));
        }
        return new ExtractTable(table, columns, into, to, key, toKey, action, filledOnly, unsynced);
    }

    /** The same with a row in the new table only where there is something in the columns. */
    public ExtractTable onlyFilled() {
        return new ExtractTable(table, columns, into, to, key, toKey, onDelete, true, unsynced);
    }

    /** The same without triggers: applications write both sides themselves. */
    public ExtractTable withoutSync() {
        return new ExtractTable(table, columns, into, to, key, toKey, onDelete, filledOnly, true);
    }

    @Override
    public String keyword() {
        return "extract-table";
    }

    @Override
    public void validate(Objections objections) {
        if (table.equals(into)) {
            objections.add("found the same table twice, expected a new one in 'into'");
        }
        if (columns.isEmpty() || to.size() != columns.size()) {
            objections.add("found " + to.size() + " names in 'to' for " + columns.size()
                    + " columns, expected one for each, or none");
        }
        if (columns.contains(key)) {
            objections.add("found 'key=" + key + "' among 'columns', expected a column that stays");
        }
        if (to.contains(toKey)) {
            objections.add("found 'to-key=" + toKey + "' among the columns, expected another name");
        }
        Names.checkNew(objections, "into", into.name());
        Names.checkNew(objections, "to-key", toKey);
        to.forEach(name -> Names.checkNew(objections, "to", name));
    }

    RowSync sync() {
        return new RowSync(
                new RowSync.Side(table, key, columns),
                new RowSync.Side(into, toKey, to),
                filledOnly,
                "cascade".equals(onDelete));
    }

    String action() {
        return onDelete == null
                ? ""
                : " ON DELETE " + onDelete.replace('-', ' ').toUpperCase(Locale.ROOT);
    }

    @Override
    public List<Part> expand() {
        Extraction extraction = new Extraction(this);
        List<Part> parts = new ArrayList<>(List.of(extraction.create(), extraction.relax()));
        if (!unsynced) {
            parts.addAll(List.of(
                    Part.schema(sync().functions()),
                    Part.schema(sync().youngTriggers()),
                    Part.schema(sync().oldTriggers())));
        }
        return parts;
    }

    /** The old row is held until the chunk is done: who clears it waits, and then finds what to clear. */
    @Override
    public List<Part> backfill() {
        RowSync sync = sync();
        String some = "num_nonnulls(" + sync.old().of("own") + ") > 0";
        Part fill = Part.backfill(
                        table,
                        "INSERT INTO " + Names.quoted(into) + " (" + Names.quoted(toKey) + ", " + Names.quoted(to)
                                + ") SELECT " + sync.old().key("own") + ", "
                                + sync.old().of("own") + " FROM " + Names.quoted(table)
                                + " AS own WHERE ${chunk:own} AND "
                                + (filledOnly ? some : "(" + some + " OR " + new Extraction(this).takesNulls() + ")")
                                + " FOR SHARE OF own ON CONFLICT (" + Names.quoted(toKey) + ") DO NOTHING;")
                .with("quiets", sync.name())
                .with("lock-timeout", PATIENCE);
        return List.of(
                fill,
                Part.verify("SELECT count(*) FROM " + sync.joined() + " WHERE " + sync.wrong()
                        + (unsynced ? "" : " AND " + sync.judged()) + ";"));
    }

    @Override
    public List<Part> contract() {
        Extraction extraction = new Extraction(this);
        List<Part> parts = new ArrayList<>(List.of(extraction.refuseDependents().asking()));
        if (!unsynced) {
            parts.addAll(dropSync());
        }
        parts.add(extraction.dropColumns());
        return parts;
    }

    private List<Part> dropSync() {
        return List.of(
                Part.schema(sync().dropOldTriggers()),
                Part.schema(sync().dropYoungTriggers()),
                Part.schema(sync().dropFunctions()));
    }

    @Override
    public List<Part> undoContract() {
        Extraction extraction = new Extraction(this);
        List<Part> parts = new ArrayList<>(List.of(extraction.restoreColumns()));
        parts.addAll(dropSync());
        parts.add(Part.schema(sync().functions()));
        parts.add(Part.schema(sync().youngTriggers()));
        parts.add(Part.schema(sync().oldTriggers()));
        parts.add(extraction.settle());
        parts.addAll(extraction.restoreRest());
        return parts;
    }

    @Override
    public List<Part> undoExpand() {
        Extraction extraction = new Extraction(this);
        List<Part> parts = new ArrayList<>();
        if (!unsynced) {
            parts.add(extraction.settle());
        }
        parts.addAll(dropSync());
        parts.addAll(extraction.tighten());
        parts.add(Part.schema("DROP TABLE IF EXISTS " + Names.quoted(into) + ";"));
        return parts;
    }
}
