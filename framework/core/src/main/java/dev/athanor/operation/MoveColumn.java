package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code move-column}: a column of one table in another whose rows belong to rows of the first, in step until contract.
 *
 * @param table has the column so far
 * @param column its name there
 * @param toTable gets it
 * @param to its name there
 * @param key column of the first table that is equal …
 * @param toKey … to this one of the second for rows that belong together
 * @param unsynced whether applications write both sides themselves
 */
public record MoveColumn(
        QualifiedName table,
        String column,
        QualifiedName toTable,
        String to,
        String key,
        String toKey,
        boolean unsynced)
        implements Operation {
    /** Before the second that the server lets pass until it looks for deadlocks, so that the backfill gives way. */
    private static final String PATIENCE = "200ms";

    static MoveColumn read(Arguments arguments) {
        String column = arguments.name("column");
        String to = arguments.nameOrNull("to");
        return new MoveColumn(
                arguments.table("table"),
                column,
                arguments.table("to-table"),
                to == null ? column : to,
                arguments.name("key"),
                arguments.name("to-key"),
                Sync.isOff(arguments));
    }

    @Override
    public String keyword() {
        return "move-column";
    }

    @Override
    public void validate(Objections objections) {
        if (table.equals(toTable)) {
            objections.add("found the same table twice, expected another one in 'to-table'");
        }
    }

    private CrossSync sync() {
        return new CrossSync(old(), young());
    }

    private CrossSync.Side old() {
        return new CrossSync.Side(table, column, key);
    }

    private CrossSync.Side young() {
        return new CrossSync.Side(toTable, to, toKey);
    }

    @Override
    public List<Part> expand() {
        List<String> queries = new ArrayList<>(List.of(
                Dependents.refuseOddColumn(table, this.column),
                Dependents.refuseDependents(table, this.column),
                Dependents.refuseKeys(table, this.column),
                Obstacles.refuseShared(table, this.column),
                OtherOperations.on(table, List.of(this.column)).refuseToTake(),
                OtherOperations.on(table, List.of(key)).refuseToRead(),
                OtherOperations.on(toTable, List.of(toKey)).refuseToRead(),
                Obstacles.refuseHiddenRows(table),
                Obstacles.refuseHiddenRows(toTable),
                CheckedDomain.of(toTable, table, this.column).refuse()));
        if (!unsynced) {
            queries.add(new ForeignWriters(old(), young()).refuse());
        }
        queries.add(add(toTable, to, table, this.column, ""));
        Part column = Part.rows(String.join(";\n", queries) + ";");
        return unsynced
                ? List.of(column)
                : List.of(
                        column,
                        Part.schema(sync().functions()),
                        Part.schema(sync().first()),
                        Part.schema(sync().second()));
    }

    private static String add(QualifiedName table, String column, QualifiedName like, String likeColumn, String guard) {
        String alter = "ALTER TABLE " + Names.quoted(table) + " ADD COLUMN " + guard + Names.quoted(column) + " ";
        return "SELECT " + Literal.quote(alter) + " || " + ColumnCatalog.type(like, likeColumn);
    }

    /** The row a value is taken from is held until the chunk is done: who clears it waits, and then finds what to clear. */
    @Override
    public List<Part> backfill() {
        String from = " FROM " + Names.quoted(table) + " AS source";
        String joined = "source." + Names.quoted(key) + " = target." + Names.quoted(toKey);
        String value = "source." + Names.quoted(column);
        String missing = "target." + Names.quoted(to) + " IS NULL AND EXISTS (SELECT" + from + " WHERE " + joined
                + " AND " + value + " IS NOT NULL)";
        String held =
                "(SELECT " + value + from + " WHERE " + joined + " AND " + value + " IS NOT NULL LIMIT 1 FOR SHARE)";
        return List.of(
                Part.backfill(
                                toTable,
                                "UPDATE " + Names.quoted(toTable) + " AS target SET " + Names.quoted(to) + " = " + held
                                        + " WHERE ${chunk:target} AND " + missing + ";")
                        .with("quiets", sync().name())
                        .with("lock-timeout", PATIENCE),
                Part.verify("SELECT count(*) FROM " + sync().joined() + " AND " + sync().differ()
                        + (unsynced ? "" : " AND " + sync().judged()) + ";"),
                Part.verify("SELECT count(*)" + from + " WHERE source." + Names.quoted(column)
                        + " IS NOT NULL AND NOT EXISTS (SELECT FROM " + Names.quoted(toTable) + " AS target WHERE "
                        + joined + ");"));
    }

    /** It asks before the triggers go, and once more before the column does. */
    @Override
    public List<Part> contract() {
        return List.of(
                Part.asks(String.join(
                        ";\n",
                        Dependents.refuseDependents(table, column),
                        Obstacles.refuseHiddenRows(table),
                        Obstacles.refuseHiddenRows(toTable),
                        "")),
                Part.schema(sync().dropFirst()),
                Part.schema(sync().dropSecond()),
                Part.schema(sync().dropFunctions()),
                Part.rows(Dependents.refuseDependents(table, column) + ";\n"
                        + Belongings.statement(
                                "ALTER TABLE " + Names.quoted(table) + " DROP COLUMN " + Names.quoted(column))
                        + ";"));
    }

    /**
     * As the backfill, it holds the row a value is taken from. The triggers may have been gone for long when contract was cut
     * off, and only new versions have written since: so it fills rows whose value is another one, not only those without.
     */
    @Override
    public List<Part> undoContract() {
        String own = Names.quoted(table.name()) + "." + Names.quoted(column);
        String theirs = "target." + Names.quoted(to);
        String joined = " FROM " + Names.quoted(toTable) + " AS target WHERE target." + Names.quoted(toKey) + " = "
                + Names.quoted(table.name()) + "." + Names.quoted(key);
        String value = "SELECT " + theirs + joined + " ORDER BY " + theirs + " IS NULL LIMIT 1";
        String differs = "EXISTS (SELECT" + joined + ") AND NOT EXISTS (SELECT" + joined + " AND NOT "
                + SyncTrigger.differ(own, theirs) + ")";
        String allowed = "((" + value + ") IS NOT NULL OR " + ColumnCatalog.isNullable(table, column) + ")";
        return List.of(
                Part.rows(add(table, column, toTable, to, "IF NOT EXISTS ") + ";"),
                Part.schema(sync().drop() + sync().functions()),
                Part.schema(sync().first()),
                Part.schema(sync().second()),
                new BlockUpdate(
                                table,
                                Names.quoted(column) + " = (" + value + " FOR SHARE)",
                                differs + " AND " + allowed,
                                sync().name())
                        .part());
    }

    @Override
    public List<Part> undoExpand() {
        List<Part> parts = new ArrayList<>();
        if (!unsynced) {
            parts.add(settle());
        }
        parts.addAll(List.of(
                Part.schema(sync().dropFirst()),
                Part.schema(sync().dropSecond()),
                Part.schema(sync().dropFunctions()),
                Part.schema(
                        "ALTER TABLE " + Names.quoted(toTable) + " DROP COLUMN IF EXISTS " + Names.quoted(to) + ";")));
        return parts;
    }

    /** What a writer of the old version was to take over from the new column, and was rolled back before. */
    private Part settle() {
        String own = Names.quoted(table.name()) + ".";
        String pairs = " FROM " + Names.quoted(toTable) + " AS target WHERE target." + Names.quoted(toKey) + " = " + own
                + Names.quoted(key) + " AND target." + Names.quoted(to) + " IS NOT NULL";
        String differ = SyncTrigger.differ(own + Names.quoted(column), "target." + Names.quoted(to));
        String update = new BlockUpdate(
                        table,
                        Names.quoted(column) + " = (SELECT target." + Names.quoted(to) + pairs + " LIMIT 1)",
                        "EXISTS (SELECT" + pairs + " AND " + differ + ") AND NOT EXISTS (SELECT" + pairs + " AND NOT "
                                + differ + ")",
                        sync().name())
                .sql();
        return BlockUpdate.endless(Part.autocommitRows(Belongings.statement(update) + " WHERE " + isThere(table, column)
                + " AND " + isThere(toTable, to) + ";"));
    }

    private static String isThere(QualifiedName table, String column) {
        return "EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + Names.regclass(table)
                + " AND a.attname = " + Names.literal(column) + " AND NOT a.attisdropped)";
    }
}
