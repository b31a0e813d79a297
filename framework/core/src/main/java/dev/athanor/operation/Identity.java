package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;

/**
 * The identity of a column, whose sequence begins behind the greatest value that is there.
 *
 * @param table has the column
 * @param column true spelling
 * @param always whether nobody may write values of his own
 */
record Identity(QualifiedName table, String column, boolean always) {
    /** Up to here the greatest value is found in no time without an index: 1,000 blocks. */
    private static final int SMALL_BYTES = 8 << 20;

    /** Refuses a big table on which the greatest value is not to be found by an index, for the table is locked meanwhile. */
    Part guard() {
        String attribute = "(SELECT a.attnum FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + Names.regclass(table)
                + " AND a.attname = " + Names.literal(column) + " AND NOT a.attisdropped)";
        return Guard.refuse(
                "pg_catalog.pg_table_size(" + Names.regclass(table) + ") > " + SMALL_BYTES
                        + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = "
                        + Names.regclass(table) + " AND i.indisvalid AND i.indpred IS NULL AND i.indkey[0] = "
                        + attribute + ")",
                table.quoted() + " has no index that begins with " + QualifiedName.quote(column)
                        + ", and would be locked while its greatest value is looked for: create one first");
    }

    /** Nobody writes between the two statements: the first one locks the table. */
    String add() {
        return Alter.column(table, column, "ADD GENERATED " + (always ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY")
                + behindGreatest('i');
    }

    String drop() {
        return Alter.column(table, column, "DROP IDENTITY IF EXISTS");
    }

    /**
     * Moves the column's sequence on.
     *
     * @param dependency {@code i} for the one of an identity, {@code a} for one that is owned by the column
     */
    String behindGreatest(char dependency) {
        String name = Names.quoted(column);
        return "SELECT pg_catalog.setval(d.objid::regclass, (SELECT greatest(max(" + name + "), 0) + 1 FROM "
                + Names.quoted(table) + "), false) FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attribute a"
                + " ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid JOIN pg_catalog.pg_class s"
                + " ON s.oid = d.objid AND s.relkind = 'S' WHERE d.classid = 'pg_catalog.pg_class'::regclass"
                + " AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = '" + dependency
                + "' AND d.refobjid = " + Names.regclass(table) + " AND a.attname = " + Names.literal(column)
                + " AND NOT a.attisdropped;\n";
    }
}
