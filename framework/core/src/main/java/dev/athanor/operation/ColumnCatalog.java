package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;

/** Expressions of SQL that ask the catalogue about a column. */
final class ColumnCatalog {
    private ColumnCatalog() {}

    /** The type of a column as it stands in a definition, with its collation where that is not the type's own. */
    static String type(QualifiedName table, String column) {
        return "(SELECT pg_catalog.format_type(a.atttypid, a.atttypmod)"
                + " || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END"
                + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
                + " WHERE a.attrelid = " + Names.regclass(table) + " AND a.attname = " + Names.literal(column)
                + " AND NOT a.attisdropped)";
    }
}
