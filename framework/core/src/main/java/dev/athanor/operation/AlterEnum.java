package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code alter-enum}: one more label of an enum. The server cannot take a label out again: undo makes the type anew where
 * nothing uses it yet, and else leaves the label, which old versions of the application do not write.
 *
 * @param name of the type
 * @param add the label
 * @param before the label that it sorts before; null: see after
 * @param after the label that it sorts behind
 */
record AlterEnum(
        QualifiedName name,
        String add,
        @Nullable String before,
        @Nullable String after) implements Operation {
    static AlterEnum read(Arguments arguments) {
        List<String> labels = Labels.read(arguments, "add");
        if (labels.size() > 1) {
            arguments.objection("found several labels in 'add', expected one: each is an operation of its own");
        }
        return new AlterEnum(
                arguments.table("name"),
                labels.isEmpty() ? "absent" : labels.get(0),
                one(arguments, "before"),
                one(arguments, "after"));
    }

    private static @Nullable String one(Arguments arguments, String option) {
        List<String> labels = arguments.has(option) ? Labels.read(arguments, option) : List.of();
        return labels.isEmpty() ? null : labels.get(0);
    }

    @Override
    public String keyword() {
        return "alter-enum";
    }

    @Override
    public void validate(Objections objections) {
        Labels.validate(objections, List.of(add));
        if ((before == null) == (after == null)) {
            objections.add("found " + (before == null ? "neither" : "both") + " of 'before' and 'after', expected one:"
                    + " where the label sorts cannot be changed later");
        }
    }

    @Override
    public List<Part> expand() {
        String place =
                before == null ? " AFTER " + Names.literal(String.valueOf(after)) : " BEFORE " + Names.literal(before);
        return List.of(
                Guard.refuse(
                        "EXISTS (SELECT FROM pg_catalog.pg_enum e WHERE e.enumtypid = "
                                + Names.literal(name.quoted()) + "::regtype AND e.enumlabel = " + Names.literal(add)
                                + ")",
                        "enum " + name.quoted() + " has this label already, and undo would take it away: leave the"
                                + " operation out"),
                Part.autocommit("ALTER TYPE " + Names.quoted(name) + " ADD VALUE IF NOT EXISTS " + Names.literal(add)
                        + place + ";"));
    }

    @Override
    public List<Part> undoExpand() {
        String type = Names.literal(name.quoted()) + "::regtype";
        String other = Names.quoted(Names.beside(name, Names.own("enum", name.name(), add)));
        String unused = " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.refclassid ="
                + " 'pg_catalog.pg_type'::regclass AND d.deptype = 'n' AND d.refobjid IN (SELECT t.oid FROM"
                + " pg_catalog.pg_type t WHERE t.oid = " + type + " OR t.typelem = " + type + "))";
        return List.of(Part.rows("SELECT " + Names.statement("CREATE TYPE " + other + " AS ENUM (")
                + " || coalesce((SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)"
                + " FROM pg_catalog.pg_enum e WHERE e.enumtypid = " + type + " AND e.enumlabel <> "
                + Names.literal(add) + "), '') || ')'" + unused + ";\nSELECT "
                + Names.statement("ALTER TYPE " + other + " OWNER TO ")
                + " || t.typowner::regrole FROM pg_catalog.pg_type t" + unused + " AND t.oid = " + type + ";\nSELECT "
                + Names.statement("COMMENT ON TYPE " + other + " IS ")
                + " || quote_literal(obj_description(" + type + ", 'pg_type'))" + unused + ";\nSELECT "
                + Names.statement("DROP TYPE " + Names.quoted(name)) + unused + ";\nSELECT "
                + Names.statement("ALTER TYPE " + other + " RENAME TO " + Names.quoted(name.name()))
                + " WHERE to_regtype("
                + Names.literal(
                        Names.beside(name, Names.own("enum", name.name(), add)).quoted())
                + ") IS NOT NULL;"));
    }
}
