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

    /** Whether a column may be null; null when it is not there. */
    static String isNullable(QualifiedName table, String column) {
        return "(SELECT NOT a.attnotnull FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + Names.regclass(table)
                + " AND a.attname = " + Names.literal(column) + " AND NOT a.attisdropped)";
    }

    /**
     * As {@link #type}; of a domain the type below, so that a column costs no rewriting of the table for the domain's
     * conditions, and does not get its default.
     */
    static String baseType(QualifiedName table, String column) {
        return Template.fill("""
                (SELECT pg_catalog.format_type(b.oid, b.typmod)
                        || CASE WHEN b.coll <> b.typcollation THEN ' COLLATE ' || b.coll::regcollation ELSE '' END
                   FROM (WITH RECURSIVE base AS (
                           SELECT t.oid, t.typtype, t.typbasetype, t.typtypmod, t.typcollation, a.atttypmod AS typmod,
                                  a.attcollation AS coll
                             FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                            WHERE a.attrelid = {table} AND a.attname = {column} AND NOT a.attisdropped
                           UNION ALL
                           SELECT t.oid, t.typtype, t.typbasetype, t.typtypmod, t.typcollation, d.typtypmod, d.coll
                             FROM base d JOIN pg_catalog.pg_type t ON t.oid = d.typbasetype)
                         SELECT * FROM base WHERE typtype <> 'd') AS b)""", "table", Names.regclass(table), "column", Names.literal(column));
    }

    /**
     * A query of the statements that drop every foreign key in which a column has a part, as what refers; each locks the
     * other table too.
     */
    static String dropForeignKeys(QualifiedName table, String column) {
        return "SELECT " + Names.statement("ALTER TABLE " + Names.quoted(table) + " DROP CONSTRAINT IF EXISTS ")
                + " || quote_ident(c.conname) FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_attribute a"
                + " ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) WHERE c.conrelid = "
                + Names.regclass(table) + " AND c.contype = 'f' AND c.conparentid = 0 AND a.attname = "
                + Names.literal(column) + " ORDER BY c.conname;";
    }

    /**
     * A query of the statements that drop every index in which a column has a part, be it as key, in an expression, in a
     * condition or included; those of constraints go with their constraints, those of partitioned tables with the column.
     */
    static String dropIndexes(QualifiedName table, String column) {
        return "SELECT format('DROP INDEX CONCURRENTLY IF EXISTS %I.%I', n.nspname, c.relname)"
                + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid"
                + " WHERE i.indrelid = " + Names.regclass(table) + " AND a.attname = " + Names.literal(column)
                + " AND c.relkind = 'i' AND NOT c.relispartition"
                + " AND EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass"
                + " AND d.objid = i.indexrelid AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum)"
                + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid)"
                + " ORDER BY c.relname;";
    }
}
