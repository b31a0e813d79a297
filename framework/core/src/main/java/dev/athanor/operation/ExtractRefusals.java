package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;

/** Asks, before anything is changed, for what an {@link ExtractTable} cannot take over or cannot work with. */
final class ExtractRefusals {
    private ExtractRefusals() {}

    /** A query that refuses a column that no foreign key can refer to, or that may be null. */
    static String key(ExtractTable of) {
        return Template.fill(
                """
                SELECT {refusal}
                 WHERE NOT EXISTS (
                         SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a
                             ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                          WHERE i.indrelid = {table} AND a.attname = {key} AND a.attnotnull AND i.indnkeyatts = 1
                            AND i.indisunique AND i.indimmediate AND i.indisvalid AND i.indpred IS NULL)""",
                "table",
                Names.regclass(of.table()),
                "key",
                Names.literal(of.key()),
                "refusal",
                Refusal.of("'found no key of ' || " + named(of.table(), of.key())
                        + " || ' alone, expected a column that is NOT NULL and has a unique index:"
                        + " the new table refers to it'"));
    }

    /** A query that refuses what would go away with the columns and can be made for the new table by hand only. */
    static String strays(ExtractTable of) {
        return Template.fill(
                """
                SELECT {refusal} FROM (SELECT string_agg(f.what, ', ' ORDER BY f.what) AS what FROM (
                  SELECT 'check ' || quote_ident(k.conname) AS what FROM pg_catalog.pg_constraint k
                   WHERE k.conrelid = {table} AND k.contype = 'c' AND k.conkey && {columns}
                     AND NOT (k.conkey <@ {columns} AND k.convalidated AND {same_names})
                  UNION ALL
                  SELECT 'index ' || i.indexrelid::regclass FROM pg_catalog.pg_index i
                   WHERE i.indrelid = {table} AND {of_columns} && {columns}
                     AND NOT (i.indisvalid AND {of_columns} <@ {columns} AND {same_names})
                  UNION ALL
                  SELECT 'statistics ' || quote_ident(s.stxname) FROM pg_catalog.pg_statistic_ext s
                   WHERE s.stxrelid = {table} AND EXISTS (
                           SELECT FROM pg_catalog.pg_depend d
                            WHERE d.classid = 'pg_catalog.pg_statistic_ext'::regclass AND d.objid = s.oid
                              AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = s.stxrelid
                              AND d.refobjsubid = ANY ({columns}))
                  UNION ALL
                  SELECT 'sequence ' || d.objid::regclass FROM pg_catalog.pg_depend d
                    JOIN pg_catalog.pg_class q ON q.oid = d.objid AND q.relkind = 'S'
                   WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = d.classid
                     AND d.refobjid = {table} AND d.refobjsubid = ANY ({columns})) AS f) AS found
                 WHERE what IS NOT NULL""",
                "table",
                Names.regclass(of.table()),
                "columns",
                TableTwin.numbers(of.table(), of.columns()),
                "of_columns",
                TableTwin.columnsOfIndex(),
                "same_names",
                String.valueOf(of.to().equals(of.columns())),
                "refusal",
                Refusal.of("'found ' || what || ' of ' || "
                        + Names.literal(of.table().quoted())
                        + " || ', expected nothing on the columns but valid checks and indexes over them alone, which go"
                        + " over under the same names only: drop the others before this revision, and make what the new"
                        + " table needs behind it'"));
    }

    /** A query that refuses tables whose writers may not write the other, or may not see all of it. */
    static String writers(ExtractTable of) {
        return Template.fill(
                """
                SELECT {refusal} FROM (SELECT string_agg(f.what, ', ' ORDER BY f.what) AS what FROM (
                  SELECT 'row security of ' || c.oid::regclass AS what FROM pg_catalog.pg_class c
                   WHERE c.oid = {table} AND c.relrowsecurity
                  UNION
                  SELECT 'that ' || pg_catalog.pg_get_userbyid(w.writer) || ' writes ' || c.oid::regclass || ' without '
                           || n.needed || ' on ' || n.side
                    FROM pg_catalog.pg_class c
                   CROSS JOIN LATERAL (
                          SELECT c.relowner
                          UNION SELECT p.grantee FROM pg_catalog.aclexplode(c.relacl) AS p
                           WHERE p.privilege_type IN ('INSERT', 'UPDATE', 'DELETE') AND p.grantee <> 0
                          UNION SELECT p.grantee FROM pg_catalog.pg_attribute a
                                 CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS p
                           WHERE a.attrelid = c.oid AND p.privilege_type IN ('INSERT', 'UPDATE') AND p.grantee <> 0
                          ) AS w (writer)
                   CROSS JOIN (VALUES ({table}, 'SELECT'), ({table}, 'UPDATE'), ({into}, 'SELECT'), ({into}, 'INSERT'),
                          ({into}, 'UPDATE'){delete}) AS n (side, needed)
                   WHERE c.oid = {table}
                     AND NOT pg_catalog.has_table_privilege(w.writer, n.side, n.needed)) AS f) AS found
                 WHERE what IS NOT NULL""",
                "table",
                Names.regclass(of.table()),
                "into",
                Names.regclass(of.into()),
                "delete",
                of.filledOnly() ? ", (" + Names.regclass(of.into()) + ", 'DELETE')" : "",
                "refusal",
                Refusal.of(
                        "'found ' || what || ', expected that who writes one of the two tables may write the other:"
                                + " grant it on the old one until contract, or say sync=none and let applications write both'"));
    }

    private static String named(QualifiedName table, String column) {
        return Names.literal(table.quoted() + "." + QualifiedName.quote(column));
    }
}
