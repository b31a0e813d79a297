package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * Asks, before anything is changed, whether a column can be replaced or doubled, and refuses with the names of all that
 * stand in the way.
 */
final class Dependents {
    /** In the comment of a view that goes away in contract, before the columns that it reads. */
    static final String PASSING_VIEW = "athanor: goes away in contract";

    private static final String COLUMN = """
            WITH col AS (
              SELECT a.attrelid, a.attnum, a.attgenerated, a.attinhcount, c.relkind
                FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
               WHERE a.attrelid = {table} AND a.attname = {column} AND NOT a.attisdropped)
            """;

    /** What holds on to the column, or to a key that goes away with it, other than by going away too. */
    private static final String DEPENDING = """
            SELECT {refusal}
              FROM (SELECT string_agg(DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), ', ') AS what
                      FROM col JOIN pg_catalog.pg_depend d
                        ON d.refclassid = 'pg_catalog.pg_class'::regclass
                           AND d.refobjid = col.attrelid AND d.refobjsubid = col.attnum
                        OR d.refclassid = 'pg_catalog.pg_constraint'::regclass AND d.refobjid IN (
                             SELECT o.oid FROM pg_catalog.pg_constraint o
                              WHERE o.conrelid = col.attrelid AND o.contype IN ('p', 'u') AND col.attnum = ANY (o.conkey))
                      LEFT JOIN pg_catalog.pg_constraint k
                        ON d.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = d.objid
                      LEFT JOIN pg_catalog.pg_attribute t ON d.classid = 'pg_catalog.pg_class'::regclass
                           AND t.attrelid = d.objid AND t.attnum = d.objsubid AND d.objsubid > 0
                      LEFT JOIN pg_catalog.pg_trigger g ON d.classid = 'pg_catalog.pg_trigger'::regclass AND g.oid = d.objid
                      LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
                     WHERE (d.deptype = 'n' OR coalesce(t.attgenerated <> '' AND t.attnum <> col.attnum, false))
                       AND NOT coalesce(k.contype = 'f' AND k.conrelid = col.attrelid AND col.attnum = ANY (k.conkey), false)
                       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend o
                                        WHERE o.classid = d.classid AND o.objid = d.objid AND o.objsubid = d.objsubid
                                          AND o.refclassid = d.refclassid AND o.refobjid = d.refobjid
                                          AND o.refobjsubid = d.refobjsubid AND o.deptype IN ('a', 'i')
                                          AND t.attnum IS NULL)
                       AND {passing_counts}) AS depending
             WHERE what IS NOT NULL""";

    private Dependents() {}

    /** A query that refuses a column that is not there, is computed, inherited, inherited by others, or a partition key. */
    static String refuseOddColumn(QualifiedName table, String column) {
        return odd(table, column, "false");
    }

    /** As {@link #refuseOddColumn}, and one of a partitioned table, whose indexes no single statement builds concurrently. */
    static String refuseOddOrPartitioned(QualifiedName table, String column) {
        return odd(table, column, "(SELECT relkind = 'p' FROM col)");
    }

    private static String odd(QualifiedName table, String column, String more) {
        String query = """
                SELECT {refusal}
                  FROM (SELECT CASE
                          WHEN NOT EXISTS (SELECT FROM col) THEN 'no such column'
                          WHEN (SELECT attgenerated <> '' FROM col) THEN 'a column that the server computes'
                          WHEN {more} THEN 'a column of a partitioned table'
                          WHEN (SELECT attinhcount > 0 FROM col) THEN 'a column that belongs to a parent of the table'
                          WHEN EXISTS (SELECT FROM col JOIN pg_catalog.pg_inherits h ON h.inhparent = col.attrelid
                                        WHERE col.relkind <> 'p') THEN 'a table from which others inherit'
                          WHEN EXISTS (SELECT FROM col JOIN pg_catalog.pg_depend d
                                 ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = col.attrelid
                                    AND d.refclassid = d.classid AND d.refobjid = d.objid
                                    AND d.objsubid = col.attnum AND d.refobjsubid = 0) THEN 'a column that tells in which partition a row is'
                          END AS what) AS odd
                 WHERE what IS NOT NULL""";
        return fill(
                query.replace("{more}", more),
                table,
                column,
                "'found ' || what || ' (' || " + named(table, column)
                        + " || '), expected an ordinary column of a table by itself'");
    }

    /** A query that refuses a column on which something depends that cannot be taken over to another one. */
    static String refuseDependents(QualifiedName table, String column) {
        return dependents(
                table, column, "pg_catalog.obj_description(r.ev_class, 'pg_class') = " + Names.literal(PASSING_VIEW));
    }

    /** As {@link #refuseDependents}, but for views, which the operation takes over. */
    static String refuseAllButViews(QualifiedName table, String column) {
        return dependents(
                table, column, "(SELECT v.relkind = 'v' FROM pg_catalog.pg_class v WHERE v.oid = r.ev_class)");
    }

    /** A query that refuses views that read both of two columns, the one of which is to take the other's name. */
    static String refuseViewsOfBoth(QualifiedName table, String column, String other) {
        String reads = """
                EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attribute a
                            ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                         WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
                           AND d.refclassid = 'pg_catalog.pg_class'::regclass AND a.attrelid = {table}
                           AND a.attname = {column})""";
        return fill(
                "SELECT {refusal} FROM (SELECT string_agg(DISTINCT r.ev_class::regclass::text, ', ') AS what"
                        + " FROM pg_catalog.pg_rewrite r WHERE " + reads + " AND "
                        + reads.replace("{column}", Names.literal(other)) + ") AS views WHERE what IS NOT NULL",
                table,
                column,
                "'found view ' || what || ', which reads ' || " + named(table, column) + " || ' and ' || "
                        + named(table, other)
                        + " || ', expected views that read one of them: make it again with the columns that it is to"
                        + " have in the end'");
    }

    private static String dependents(QualifiedName table, String column, String views) {
        String query = """
                SELECT {refusal}
                  FROM (SELECT string_agg(pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), ', '
                                 ORDER BY pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)) AS what
                          FROM col JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass
                               AND d.refobjid = col.attrelid AND d.refobjsubid = col.attnum
                          LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass
                               AND c.oid = d.objid
                          LEFT JOIN pg_catalog.pg_constraint k
                               ON d.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = d.objid
                          LEFT JOIN pg_catalog.pg_attrdef f
                               ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND f.oid = d.objid
                          LEFT JOIN pg_catalog.pg_trigger g
                               ON d.classid = 'pg_catalog.pg_trigger'::regclass AND g.oid = d.objid
                          LEFT JOIN pg_catalog.pg_rewrite r
                               ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
                         WHERE NOT (coalesce(c.relkind IN ('i', 'I', 'S'), false)
                                 OR coalesce(k.contype <> 'x', false)
                                 OR coalesce(f.adnum = col.attnum, false)
                                 OR EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.oid = g.tgfoid AND p.proname LIKE 'athanor\\_%')
                                 OR coalesce({views}, false)
                                 OR d.classid = 'pg_catalog.pg_statistic_ext'::regclass)) AS depending
                 WHERE what IS NOT NULL""";
        return fill(
                query.replace("{views}", views),
                table,
                column,
                "'found ' || what || ', which depend on ' || " + named(table, column)
                        + " || ', expected nothing that cannot be taken over to another column:"
                        + " drop them before this revision and make them again behind it'");
    }

    /**
     * Two queries that refuse a column that cannot be dropped: one that is not there, inherited or a partition key; and one
     * on which something depends that does not go away with it, incoming foreign keys among them.
     *
     * @param last whether the column is dropped next, so that views and triggers count that contract drops before it
     */
    static List<String> refuseToDrop(QualifiedName table, String column, boolean last) {
        String passing = "(coalesce(pg_catalog.obj_description(r.ev_class, 'pg_class') = "
                + Names.literal(PASSING_VIEW) + ", false) OR EXISTS"
                + " (SELECT FROM pg_catalog.pg_proc p WHERE p.oid = g.tgfoid AND p.proname ~ '^athanor_'"
                + " AND p.proname !~ '^athanor_" + FillTrigger.STAYING + "_'))";
        String own = "NOT EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.oid = g.tgfoid AND p.proname = "
                + Names.literal(FillTrigger.staying(table, column).name()) + ")";
        return List.of(
                fill(
                        """
                        SELECT {refusal}
                          FROM (SELECT CASE
                                  WHEN NOT EXISTS (SELECT FROM col) THEN 'no such column'
                                  WHEN (SELECT attinhcount > 0 FROM col) THEN 'a column that belongs to a parent of the table'
                                  WHEN EXISTS (SELECT FROM col JOIN pg_catalog.pg_depend d
                                         ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = col.attrelid
                                            AND d.refclassid = d.classid AND d.refobjid = d.objid
                                            AND d.objsubid = col.attnum AND d.refobjsubid = 0) THEN 'a column that tells in which partition a row is'
                                  END AS what) AS odd
                         WHERE what IS NOT NULL""",
                        table,
                        column,
                        "'found ' || what || ' (' || " + named(table, column)
                                + " || '), expected a column that can be dropped'"),
                fill(
                        DEPENDING.replace("{passing_counts}", own + (last ? "" : " AND NOT " + passing)),
                        table,
                        column,
                        "'found ' || what || ', which depend on ' || " + named(table, column)
                                + " || ', expected nothing that would keep the column from being dropped:"
                                + " drop them before this revision'"));
    }

    /** A query that refuses a table on which something depends that does not go away with it: what the server would refuse. */
    static String refuseTable(QualifiedName table) {
        return Template.fill(
                """
                SELECT {refusal}
                  FROM (SELECT string_agg(DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), ', ') AS what
                          FROM pg_catalog.pg_class c JOIN pg_catalog.pg_type t ON t.oid = c.reltype
                          JOIN pg_catalog.pg_depend d
                            ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid
                            OR d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray)
                         WHERE c.oid = {table} AND d.deptype = 'n' AND NOT EXISTS (
                                 SELECT FROM pg_catalog.pg_depend o
                                  WHERE o.classid = d.classid AND o.objid = d.objid
                                    AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.refobjid = c.oid
                                    AND o.deptype IN ('a', 'i', 'P', 'S'))) AS depending
                 WHERE what IS NOT NULL""",
                "table",
                Names.regclass(table),
                "refusal",
                Refusal.of("'found ' || what || ', which depend on ' || " + Names.literal(table.quoted())
                        + " || ', expected nothing that would keep the table from being dropped:"
                        + " drop them before this revision'"));
    }

    /** A query that refuses a column that is a part of a key, because that would go away with it. */
    static String refuseKeys(QualifiedName table, String column) {
        return fill(
                """
                SELECT {refusal}
                  FROM (SELECT string_agg(k.conname, ', ' ORDER BY k.conname) AS what
                          FROM col JOIN pg_catalog.pg_constraint k
                            ON k.contype IN ('p', 'u', 'f', 'x') AND k.conrelid = col.attrelid
                               AND col.attnum = ANY (k.conkey)
                            OR k.contype = 'f' AND k.confrelid = col.attrelid AND col.attnum = ANY (k.confkey)) AS keys
                 WHERE what IS NOT NULL""",
                table,
                column,
                "'found key ' || what || ' of ' || " + named(table, column)
                        + " || ', expected a column that is no part of a key: drop it before this revision'");
    }

    private static String named(QualifiedName table, String column) {
        return Names.literal(table.quoted() + "." + QualifiedName.quote(column));
    }

    private static String fill(String query, QualifiedName table, String column, String message) {
        return Template.fill(
                COLUMN + query,
                "table",
                Names.regclass(table),
                "column",
                Names.literal(column),
                "refusal",
                Refusal.of(message));
    }
}
