package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.regex.Pattern;

/** Asks, before anything is changed, for what would make an operation stop later on, or change what something means. */
final class Obstacles {
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

    /** A query that refuses a default, which would be taken over word by word, though the new values are others. */
    static String refuseDefault(QualifiedName table, String column) {
        return found(
                """
                SELECT 'default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS what
                  FROM col JOIN pg_catalog.pg_attrdef d ON d.adrelid = col.attrelid AND d.adnum = col.attnum
                 WHERE pg_catalog.pg_get_expr(d.adbin, d.adrelid) !~ '^NULL(::|$)'""",
                table,
                column,
                "expected the new default in default=… and, for undo, this one in was-default=… : ''up'' is no plain"
                        + " cast, so it must not be taken over word by word");
    }

    /** A query that refuses a column that numbers its rows by itself, and so can have no default. */
    static String refuseIdentity(QualifiedName table, String column) {
        return found("""
                SELECT 'the identity' AS what
                  FROM col JOIN pg_catalog.pg_attribute a ON a.attrelid = col.attrelid AND a.attnum = col.attnum
                 WHERE a.attidentity <> ''""", table, column, "expected no ''default'' beside it: leave it out");
    }

    /** A query that refuses what else is taken over word by word, though the new values are others than the old ones. */
    static String refuseOtherMeaning(QualifiedName table, String column) {
        return found(
                """
                SELECT 'check ' || quote_ident(k.conname) AS what
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

    /**
     * A query that refuses a table of which the role does not see all rows: it would neither fill nor count those that it
     * does not see.
     */
    static String refuseHiddenRows(QualifiedName table) {
        return Template.fill(
                "SELECT {refusal} WHERE pg_catalog.row_security_active({table})",
                "table",
                Names.regclass(table),
                "refusal",
                Refusal.of("'found row security on ' || " + Names.literal(table.quoted())
                        + " || ' for role ' || quote_ident(current_user) || ', expected a role that sees all rows: what it"
                        + " does not see is neither filled nor verified. Run as a role with BYPASSRLS, or as the owner"
                        + " without FORCE ROW LEVEL SECURITY'"));
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
