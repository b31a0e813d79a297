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
                Part.rows(Dependents.refuseOddColumn(table, from) + ";\nSELECT " + add + " || "
                        + ColumnCatalog.type(table, from) + ";"),
                Part.schema(sync().create()),
                Part.rows(String.join(";\n", belongings) + ";"),
                Part.autocommitRows(new TwinConstraints(belongings(), "def").indexes() + ";"));
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
                .with("quiets", sync().name());
        String wrong = SyncTrigger.differ(Names.quoted(from), Names.quoted(to));
        return List.of(fill, Part.verify("SELECT count(*) FROM " + Names.quoted(table) + " WHERE " + wrong + ";"));
    }

    @Override
    public List<Part> contract() {
        String alter = "ALTER TABLE " + Names.quoted(table);
        return List.of(Part.schema(sync().drop() + alter + " DROP COLUMN " + Names.quoted(to) + ";\n" + alter
                + " RENAME COLUMN " + Names.quoted(from) + " TO " + Names.quoted(to) + ";"));
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
