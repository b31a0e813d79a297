package dev.athanor.postgres;

import static dev.athanor.postgres.SchemaQueries.REMARK;
import static dev.athanor.postgres.SchemaQueries.WANTED;
import static dev.athanor.postgres.SchemaQueries.own;
import static dev.athanor.postgres.SchemaQueries.owner;
import static dev.athanor.postgres.SchemaQueries.remark;

/** What hangs on tables: constraints, indexes, triggers, rules, policies, extended statistics. */
final class DependentQueries {
    private static final String ENABLED = """
            CASE %s WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'enabled on replicas only' WHEN 'A' THEN 'enabled always' END
            """.strip();

    private DependentQueries() {}

    /**
     * Without the copies that a foreign key to a partitioned table keeps for each partition. A foreign key whose own
     * triggers are switched off says so, because it holds nothing then.
     */
    static String constraints() {
        return """
                SELECT 'constraint' AS kind, format('%%I.%%I.%%I', n.nspname, c.relname, k.conname) AS name,
                       format('%%I.%%I', n.nspname, c.relname) AS parent,
                       concat_ws(E'\\n', pg_get_constraintdef(k.oid),
                         CASE WHEN EXISTS (SELECT FROM pg_trigger g WHERE g.tgconstraint = k.oid AND g.tgisinternal
                                              AND g.tgenabled <> 'O') THEN 'triggers not enabled' END,
                         %s) AS definition
                  FROM pg_constraint k
                  JOIN pg_class c ON c.oid = k.conrelid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  LEFT JOIN pg_constraint p ON p.oid = k.conparentid
                  %s
                 WHERE k.contype IN ('c', 'p', 'u', 'f', 'x')
                   AND (k.contype <> 'f' OR p.conrelid IS DISTINCT FROM k.conrelid)
                   AND %s AND %s
                """.formatted(REMARK, remark("pg_constraint", "k.oid", "0"), WANTED, own("pg_class", "c.oid"));
    }

    static String indexes() {
        return """
                SELECT 'index' AS kind, format('%%I.%%I', n.nspname, x.relname) AS name,
                       CASE WHEN k.oid IS NULL THEN format('%%I.%%I', n.nspname, c.relname)
                            ELSE format('%%I.%%I.%%I', n.nspname, c.relname, k.conname) END AS parent,
                       concat_ws(E'\\n', pg_get_indexdef(i.indexrelid),
                         CASE WHEN NOT i.indisvalid THEN 'invalid' END,
                         CASE WHEN i.indisreplident THEN 'replica identity' END,
                         CASE WHEN i.indisclustered THEN 'clustered' END,
                         (SELECT 'statistics ' || string_agg(a.attname || ' ' || a.attstattarget, ', ' ORDER BY a.attnum)
                            FROM pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget >= 0),
                         (SELECT 'attached to ' || h.inhparent::regclass FROM pg_inherits h WHERE h.inhrelid = x.oid),
                         %s) AS definition
                  FROM pg_index i
                  JOIN pg_class x ON x.oid = i.indexrelid
                  JOIN pg_class c ON c.oid = i.indrelid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
                  %s
                 WHERE %s AND %s
                """.formatted(REMARK, remark("pg_class", "x.oid", "0"), WANTED, own("pg_class", "c.oid"));
    }

    static String triggers() {
        return """
                SELECT 'trigger' AS kind, format('%%I.%%I.%%I', n.nspname, c.relname, g.tgname) AS name,
                       format('%%I.%%I', n.nspname, c.relname) AS parent,
                       concat_ws(E'\\n', pg_get_triggerdef(g.oid), %s, %s) AS definition
                  FROM pg_trigger g
                  JOIN pg_class c ON c.oid = g.tgrelid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  %s
                 WHERE NOT g.tgisinternal AND %s AND %s AND %s
                """.formatted(
                        ENABLED.formatted("g.tgenabled"),
                        REMARK,
                        remark("pg_trigger", "g.oid", "0"),
                        WANTED,
                        own("pg_class", "c.oid"),
                        own("pg_trigger", "g.oid"));
    }

    static String rules() {
        return """
                SELECT 'rule' AS kind, format('%%I.%%I.%%I', n.nspname, c.relname, r.rulename) AS name,
                       format('%%I.%%I', n.nspname, c.relname) AS parent,
                       concat_ws(E'\\n', pg_get_ruledef(r.oid), %s, %s) AS definition
                  FROM pg_rewrite r
                  JOIN pg_class c ON c.oid = r.ev_class
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  %s
                 WHERE r.rulename <> '_RETURN' AND %s AND %s
                """.formatted(
                        ENABLED.formatted("r.ev_enabled"),
                        REMARK,
                        remark("pg_rewrite", "r.oid", "0"),
                        WANTED,
                        own("pg_class", "c.oid"));
    }

    static String policies() {
        return """
                SELECT 'policy' AS kind, format('%%I.%%I.%%I', n.nspname, c.relname, y.polname) AS name,
                       format('%%I.%%I', n.nspname, c.relname) AS parent,
                       concat_ws(E'\\n',
                         concat_ws(' ', CASE WHEN y.polpermissive THEN 'permissive' ELSE 'restrictive' END, 'for',
                           CASE y.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update'
                                WHEN 'd' THEN 'delete' ELSE 'all' END, 'to',
                           (SELECT string_agg(h, ', ' ORDER BY h COLLATE "C")
                              FROM (SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END AS h
                                      FROM unnest(y.polroles) AS r) AS holders)),
                         'using (' || pg_get_expr(y.polqual, y.polrelid) || ')',
                         'with check (' || pg_get_expr(y.polwithcheck, y.polrelid) || ')',
                         %s) AS definition
                  FROM pg_policy y
                  JOIN pg_class c ON c.oid = y.polrelid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  %s
                 WHERE %s AND %s
                """.formatted(REMARK, remark("pg_policy", "y.oid", "0"), WANTED, own("pg_class", "c.oid"));
    }

    /** Not by the server's own function, which lists columns in the order in which they stand in the table. */
    static String statistics() {
        return """
                SELECT 'statistics' AS kind, format('%%I.%%I', n.nspname, s.stxname) AS name,
                       s.stxrelid::regclass::text AS parent,
                       concat_ws(E'\\n',
                         format('statistics (%%s) on %%s', array_to_string(s.stxkind, ', '),
                           (SELECT string_agg(part, ', ' ORDER BY part COLLATE "C") FROM (
                              SELECT quote_ident(a.attname) FROM pg_attribute a
                               WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys::int2[])
                              UNION ALL
                              SELECT unnest(pg_get_statisticsobjdef_expressions(s.oid))) AS parts (part))),
                         CASE WHEN s.stxstattarget >= 0 THEN 'statistics ' || s.stxstattarget END,
                         %s, %s) AS definition
                  FROM pg_statistic_ext s
                  JOIN pg_namespace n ON n.oid = s.stxnamespace
                  %s
                 WHERE %s AND %s
                """.formatted(
                        owner("s.stxowner"),
                        REMARK,
                        remark("pg_statistic_ext", "s.oid", "0"),
                        WANTED,
                        own("pg_statistic_ext", "s.oid"));
    }
}
