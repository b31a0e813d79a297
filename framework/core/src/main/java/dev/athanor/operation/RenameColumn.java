package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code rename-column}: a column under another name, with both names for as long as old and new versions of the
 * application run together.
 *
 * <p>Expand makes a second column that triggers keep equal to the first, with copies of its indexes; the backfill
 * fills it. Contract takes the
 * <em>second</em> one away and renames the first, in one short transaction: indexes, constraints, privileges and all else
 * that hangs on the column stay with it.
 *
 * @param table has the column
 * @param from its name so far
 * @param to its name in the end
 */
public record RenameColumn(QualifiedName table, String from, String to) implements Operation {
    static RenameColumn read(Arguments arguments) {
        return new RenameColumn(arguments.table("table"), arguments.name("from"), arguments.name("to"));
    }

    @Override
    public String keyword() {
        return "rename-column";
    }

    @Override
    public void validate(Objections objections) {
        if (from.equals(to)) {
            objections.add("found the same name in 'from' and 'to', expected another name");
        }
    }

    @Override
    public List<Part> expand() {
        String add = Literal.quote("ALTER TABLE " + Names.quoted(table) + " ADD COLUMN " + Names.quoted(to) + " ");
        List<String> belongings = new ArrayList<>(belongings().record());
        belongings.add(TwinColumn.attributes(table, from, to));
        return List.of(
                Part.rows(refusals() + "SELECT " + add + " || " + ColumnCatalog.baseType(table, from) + ";"),
                Part.schema(sync().create()),
                Part.rows(String.join(";\n", belongings) + ";"),
                Part.autocommitRows(new TwinConstraints(belongings(), "def").earlyIndexes() + ";"));
    }

    private String refusals() {
        return String.join(
                        ";\n",
                        Dependents.refuseOddColumn(table, from),
                        OtherOperations.on(table, List.of(from)).refuseToTake(),
                        Obstacles.refuseHiddenRows(table),
                        new RowTriggers(table, List.of(from), List.of(to)).refuse())
                + ";\n";
    }

    /** What new versions look for by the second column; it goes away with it. */
    private Belongings belongings() {
        return new Belongings(table, from, to, sync().function());
    }

    @Override
    public List<Part> backfill() {
        String missing = Names.quoted(to) + " IS NULL AND " + Names.quoted(from) + " IS NOT NULL";
        Part fill = Part.backfill(
                        table,
                        "UPDATE " + Names.quoted(table) + " SET "
                                + copy(to, from).ofUpdate() + " WHERE ${chunk} AND " + missing + ";")
                .until(Names.quoted(to) + " IS NULL")
                .with("quiets", sync().name());
        String wrong = SyncTrigger.differ(likeEither(from, to), likeEither(to, from));
        return List.of(fill, Part.verify("SELECT count(*) FROM " + Names.quoted(table) + " WHERE " + wrong + ";"));
    }

    /** The first in the type that both have in common: of a domain and the type below it the latter. */
    private static String likeEither(String column, String other) {
        return "CASE WHEN true THEN " + Names.quoted(column) + " ELSE " + Names.quoted(other) + " END";
    }

    @Override
    public List<Part> contract() {
        return List.of(Part.rows(Dependents.refuseAllButViews(table, to) + ";\n"
                + Dependents.refuseViewsOfBoth(table, from, to) + ";\n" + swap() + ";"));
    }

    /** Views that read the second column are told, in the words they were made with, to read the first by the same name. */
    private String swap() {
        String alter = "ALTER TABLE " + Names.quoted(table);
        String gone = Names.own("gone", table.name(), to);
        return Template.fill(
                """
                SELECT statement FROM (SELECT s.*
                  FROM (VALUES (1, '', {drop_insert}), (2, '', {drop_update}), (3, '', {drop_function}),
                               (4, '', {away}), (5, '', {rename}), (7, '', {drop})) AS s (step, name, statement)
                UNION ALL
                SELECT 6, pg_catalog.format('%I.%I', n.nspname, v.relname),
                       pg_catalog.format('CREATE OR REPLACE VIEW %I.%I', n.nspname, v.relname)
                         || coalesce(' WITH (' || array_to_string(v.reloptions, ', ') || ')', '')
                         || ' AS ' || pg_catalog.pg_get_viewdef(v.oid)
                  FROM pg_catalog.pg_class v JOIN pg_catalog.pg_namespace n ON n.oid = v.relnamespace
                 WHERE v.relkind = 'v' AND EXISTS (
                         SELECT FROM pg_catalog.pg_rewrite r
                           JOIN pg_catalog.pg_depend d
                             ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
                                AND d.refclassid = 'pg_catalog.pg_class'::regclass
                           JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                          WHERE r.ev_class = v.oid AND a.attrelid = {table} AND a.attname = {column})) AS swap
                 ORDER BY step, name""",
                "drop_insert",
                Literal.quote(sync().dropTriggers().get(0)),
                "drop_update",
                Literal.quote(sync().dropTriggers().get(1)),
                "drop_function",
                Literal.quote(sync().dropFunction()),
                "away",
                Literal.quote(alter + " RENAME COLUMN " + Names.quoted(to) + " TO " + Names.quoted(gone)),
                "rename",
                Literal.quote(alter + " RENAME COLUMN " + Names.quoted(from) + " TO " + Names.quoted(to)),
                "drop",
                Literal.quote(alter + " DROP COLUMN " + Names.quoted(gone)),
                "table",
                Names.regclass(table),
                "column",
                Names.literal(to));
    }

    @Override
    public List<Part> undoContract() {
        return List.of(Part.schema("ALTER TABLE " + Names.quoted(table) + " RENAME COLUMN " + Names.quoted(to) + " TO "
                + Names.quoted(from) + ";"));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema(sync().drop() + "ALTER TABLE " + Names.quoted(table) + " DROP COLUMN IF EXISTS "
                + Names.quoted(to) + ";"));
    }

    private SyncTrigger sync() {
        return SyncTrigger.of(table, List.of(copy(to, from)), List.of(copy(from, to)));
    }

    private static Assignment copy(String column, String source) {
        return new Assignment(column, Names.quoted(source));
    }
}
