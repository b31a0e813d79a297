package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.regex.Pattern;

/** Asks, before anything is changed, for what would make an operation stop later on, or change what something means. */
final class Obstacles {
    private static final Pattern COLLATION = Pattern.compile("(?is)\\s+collate\\s.*");

    private static final String COLUMN = """
            WITH col AS (
              SELECT a.attrelid, a.attnum, quote_ident(a.attname) AS name FROM pg_catalog.pg_attribute a
               WHERE a.attrelid = {table} AND a.attname = {column} AND NOT a.attisdropped),
            indexes AS (
              SELECT i.*, quote_ident(x.relname) AS index
                FROM col JOIN pg_catalog.pg_index i ON i.indrelid = col.attrelid
                JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
               WHERE EXISTS (SELECT FROM pg_catalog.pg_depend d
                              WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
                                AND d.refclassid = d.classid AND d.refobjid = i.indrelid
                                AND d.refobjsubid = col.attnum))
            SELECT {refusal} FROM (SELECT string_agg(f.what, ', ' ORDER BY f.what) AS what FROM (
            """;

    private Obstacles() {}

    /** Whether a value is the column itself in another type. */
    static boolean isCast(String column, String up) {
        String name = "(?:" + Pattern.quote(column) + "|" + Pattern.quote(QualifiedName.quote(column)) + ")";
        return Pattern.compile("(?s)\\s*" + name + "\\s*::[\\w\\s.,:()\\[\\]\"]+")
                .matcher(up)
                .matches();
    }

    /** A query that refuses what is taken over word by word, though the new values are others than the old ones. */
    static String refuseOtherMeaning(QualifiedName table, String column) {
        return found(
                """
                SELECT 'default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS what
                  FROM col JOIN pg_catalog.pg_attrdef d ON d.adrelid = col.attrelid AND d.adnum = col.attnum
                 WHERE pg_catalog.pg_get_expr(d.adbin, d.adrelid) !~ '^NULL(::|$)'
                UNION ALL
                SELECT 'check ' || quote_ident(k.conname)
                  FROM col JOIN pg_catalog.pg_constraint k ON k.conrelid = col.attrelid AND k.contype = 'c'
                 WHERE col.attnum = ANY (k.conkey)
                   AND regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', '')
                         NOT IN ('CHECK ((' || col.name || ' IS NOT NULL))', 'CHECK ((' || col.name || ' IS NULL))')
                UNION ALL
                SELECT 'index ' || i.index FROM col, indexes i
                 WHERE i.indexprs IS NOT NULL
                    OR pg_catalog.pg_get_expr(i.indpred, i.indrelid)
                         NOT IN ('(' || col.name || ' IS NOT NULL)', '(' || col.name || ' IS NULL)')""",
                table,
                column,
                "expected nothing that holds for old values only, since ''up'' is no plain cast and they would be taken"
                        + " over word by word: drop them before this revision and make them again behind it");
    }

    /** A query that refuses what would go away with the column though it is not of this column alone. */
    static String refuseShared(QualifiedName table, String column) {
        return found(
                """
                SELECT 'constraint ' || quote_ident(k.conname) AS what
                  FROM col JOIN pg_catalog.pg_constraint k ON k.conrelid = col.attrelid AND k.contype = 'c'
                 WHERE col.attnum = ANY (k.conkey) AND cardinality(k.conkey) > 1
                UNION ALL
                SELECT 'index ' || i.index FROM indexes i WHERE i.indnatts > 1 OR i.indexprs IS NOT NULL""",
                table,
                column,
                "expected nothing that is about more than this column and would go away with it: drop them before this"
                        + " revision and make what the new columns need behind it");
    }

    /** A query that refuses a type whose new columns the server checks by rewriting the table. */
    static String refuseCheckedDomain(String type) {
        String plain = COLLATION.matcher(type).replaceFirst("");
        return Template.fill(
                """
                SELECT {refusal} FROM pg_catalog.pg_type t
                 WHERE t.oid = pg_catalog.to_regtype({type}) AND t.typtype = 'd'
                   AND EXISTS (SELECT FROM pg_catalog.pg_type d LEFT JOIN pg_catalog.pg_constraint k ON k.contypid = d.oid
                                WHERE d.oid IN (t.oid, t.typbasetype) AND (d.typnotnull OR k.oid IS NOT NULL))""",
                "type",
                Literal.quote(plain),
                "refusal",
                Refusal.of("'found domain ' || t.oid::regtype || ' with constraints as type, expected another type: the"
                        + " server rewrites the table for it. Use its base type, and its conditions by add-check'"));
    }

    /** A query that refuses foreign keys of partitioned tables to a column, where no such key can be added unchecked. */
    static String refusePartitionedReferences(QualifiedName table, String column) {
        return found(
                """
                SELECT 'foreign key ' || quote_ident(k.conname) || ' of ' || k.conrelid::regclass AS what
                  FROM col JOIN pg_catalog.pg_constraint k ON k.contype = 'f' AND k.confrelid = col.attrelid
                  JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
                 WHERE col.attnum = ANY (k.confkey) AND c.relkind = 'p'
                   AND current_setting('server_version_num')::int < 180000""",
                table,
                column,
                "expected none of partitioned tables, since PostgreSQL before 18 cannot add them without a check under"
                        + " the lock: drop them before this revision and make them again behind it");
    }

    /** A query that refuses tables whose writers may not write the other, or may not see all of it. */
    static String refuseForeignWriters(QualifiedName table, QualifiedName other) {
        return Template.fill(
                """
                SELECT {refusal} FROM (
                  SELECT string_agg(f.what, ', ' ORDER BY f.what) AS what FROM (
                    SELECT 'row security of ' || c.oid::regclass AS what FROM pg_catalog.pg_class c
                     WHERE c.oid IN ({table}, {other}) AND c.relrowsecurity
                    UNION
                    SELECT 'that ' || pg_catalog.pg_get_userbyid(w.writer) || ' writes ' || c.oid::regclass
                             || ' without SELECT and UPDATE on ' || o.oid::regclass
                      FROM pg_catalog.pg_class c
                      JOIN pg_catalog.pg_class o ON o.oid IN ({table}, {other}) AND o.oid <> c.oid
                     CROSS JOIN LATERAL (
                            SELECT c.relowner UNION SELECT p.grantee FROM pg_catalog.aclexplode(c.relacl) AS p
                             WHERE p.privilege_type IN ('INSERT', 'UPDATE') AND p.grantee <> 0) AS w (writer)
                     WHERE c.oid IN ({table}, {other})
                       AND NOT (pg_catalog.has_table_privilege(w.writer, o.oid, 'SELECT')
                            AND pg_catalog.has_table_privilege(w.writer, o.oid, 'UPDATE'))) AS f) AS all_found
                 WHERE what IS NOT NULL""",
                "table",
                Names.regclass(table),
                "other",
                Names.regclass(other),
                "refusal",
                Refusal.of("'found ' || what || ', expected that who writes one of the two tables may write the other:"
                        + " grant it until contract, or say sync=none and let applications write both'"));
    }

    private static String found(String queries, QualifiedName table, String column, String expected) {
        return Template.fill(
                COLUMN + queries + ") AS f) AS found WHERE what IS NOT NULL",
                "table",
                Names.regclass(table),
                "column",
                Names.literal(column),
                "refusal",
                Refusal.of("'found ' || what || ' of ' || "
                        + Names.literal(table.quoted() + "." + QualifiedName.quote(column)) + " || ', " + expected
                        + "'"));
    }
}
