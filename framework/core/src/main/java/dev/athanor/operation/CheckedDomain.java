package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses a new column whose type is a domain with conditions, its own or those of a domain below it: the server, on every
 * version that is supported, writes the whole table anew for it, though all rows have the column null. A table without
 * pages costs nothing.
 *
 * @param table gets the column
 * @param type an expression that gives the oid of the type, null for none
 */
record CheckedDomain(QualifiedName table, String type) {
    private static final Pattern COLLATION = Pattern.compile("(?is)\\s+collate\\s.*");

    /** The server's own types that are used most: to ask whether they are domains would be a section for nothing. */
    private static final Set<String> PLAIN = Set.of(
            "bigint",
            "boolean",
            "bytea",
            "char",
            "character varying",
            "date",
            "double precision",
            "int",
            "integer",
            "interval",
            "json",
            "jsonb",
            "numeric",
            "real",
            "smallint",
            "text",
            "timestamp",
            "timestamptz",
            "timestamp with time zone",
            "uuid",
            "varchar");

    /** A type as it is written in SQL. */
    static CheckedDomain written(QualifiedName table, String type) {
        String plain = COLLATION.matcher(type).replaceFirst("");
        return new CheckedDomain(table, "pg_catalog.to_regtype(" + Literal.quote(plain) + ")::oid");
    }

    /** The type that a column has. */
    static CheckedDomain of(QualifiedName table, QualifiedName other, String column) {
        return new CheckedDomain(
                table,
                "(SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + Names.regclass(other)
                        + " AND a.attname = " + Names.literal(column) + " AND NOT a.attisdropped)");
    }

    /** Whether a type as it is written is surely no domain. */
    static boolean isPlain(String type) {
        return PLAIN.contains(
                type.replaceFirst("\\s*\\([\\d\\s,]*\\)$", "").strip().toLowerCase(Locale.ROOT));
    }

    /** A query that gives a statement which fails, or no row. */
    String refuse() {
        return Template.fill(
                """
                SELECT statement FROM (
                  WITH RECURSIVE types AS (
                    SELECT t.oid, t.typbasetype, t.typnotnull FROM pg_catalog.pg_type t WHERE t.oid = {type}
                    UNION ALL
                    SELECT b.oid, b.typbasetype, b.typnotnull
                      FROM types d JOIN pg_catalog.pg_type b ON b.oid = d.typbasetype),
                  tables AS (
                    SELECT {table}::oid AS oid
                    UNION ALL
                    SELECT h.inhrelid FROM tables t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.oid)
                  SELECT {refusal} AS statement
                   WHERE EXISTS (SELECT FROM types d WHERE d.typnotnull OR EXISTS (
                                   SELECT FROM pg_catalog.pg_constraint k WHERE k.contypid = d.oid))
                     AND EXISTS (SELECT FROM tables t WHERE pg_catalog.pg_relation_size(t.oid) > 0)) AS refused""",
                "type",
                type,
                "table",
                Names.regclass(table),
                "refusal",
                Refusal.of("'found domain ' || ({type})::regtype || ' with constraints as type, expected another type:"
                                .replace("{type}", type)
                        + " the server writes the table anew for it. Use its base type, and its conditions by"
                        + " add-check'"));
    }
}
