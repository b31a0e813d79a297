package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * What belongs to a column, for another column of the table that takes its place: indexes, constraints, foreign keys from
 * both sides, extended statistics. The server itself writes the definitions down: for a moment, within one transaction
 * under the lock of the table, the second column bears the name of the first. They are kept as JSON in the comment of a
 * function, which lives as long as both columns do.
 *
 * @param table has both
 * @param column the one that is replaced
 * @param twin the one that takes its place
 * @param keeper the function whose comment holds what was found
 */
record Belongings(QualifiedName table, String column, String twin, QualifiedName keeper) {
    /** Everything that names the column, with the column under its own name. */
    private static final String FOUND = """
            WITH col AS (
              SELECT a.attrelid, a.attnum, a.attnotnull, c.relname::text AS relname, n.nspname::text AS nspname
                FROM pg_catalog.pg_attribute a
                JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
               WHERE a.attrelid = {table} AND a.attname = {column} AND NOT a.attisdropped),
            found AS (
              SELECT 'index' AS kind, i.indexrelid AS id, x.relname::text AS name, i.indrelid AS rel,
                     CASE k.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' END AS con,
                     CASE WHEN k.condeferred THEN ' DEFERRABLE INITIALLY DEFERRED'
                          WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END AS tail,
                     i.indisvalid AS valid, pg_catalog.obj_description(x.oid, 'pg_class') AS note,
                     pg_catalog.obj_description(k.oid, 'pg_constraint') AS con_note,
                     i.indisreplident AS ident, i.indisclustered AS clustered
                FROM col JOIN pg_catalog.pg_index i ON i.indrelid = col.attrelid
                JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                LEFT JOIN pg_catalog.pg_constraint k
                  ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u')
               WHERE i.indisvalid AND (col.attnum = ANY (i.indkey) OR EXISTS (
                       SELECT FROM pg_catalog.pg_depend d
                        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
                          AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indrelid
                          AND d.refobjsubid = col.attnum))
              UNION ALL
              SELECT CASE WHEN k.contype = 'c' THEN 'check' WHEN k.contype = 'n' THEN 'notnull'
                          WHEN k.conrelid = col.attrelid AND col.attnum = ANY (k.conkey) THEN 'fk' ELSE 'incoming' END,
                     k.oid, k.conname::text, k.conrelid, NULL, '', k.convalidated, NULL,
                     pg_catalog.obj_description(k.oid, 'pg_constraint'), false, false
                FROM col JOIN pg_catalog.pg_constraint k
                  ON k.contype IN ('c', 'f', 'n') AND k.conrelid = col.attrelid AND col.attnum = ANY (k.conkey)
                  OR k.contype = 'f' AND k.confrelid = col.attrelid AND col.attnum = ANY (k.confkey)
               WHERE k.conparentid = 0
              UNION ALL
              SELECT 'notnull', 0, '', col.attrelid, NULL, '', true, NULL, NULL, false, false
                FROM col
               WHERE col.attnotnull AND NOT EXISTS (
                       SELECT FROM pg_catalog.pg_constraint k
                        WHERE k.conrelid = col.attrelid AND k.contype = 'n' AND col.attnum = ANY (k.conkey))
              UNION ALL
              SELECT 'statistics', s.oid, s.stxname::text, s.stxrelid, NULL, '', true,
                     pg_catalog.obj_description(s.oid, 'pg_statistic_ext'), NULL, false, false
                FROM col JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = col.attrelid
               WHERE col.attnum = ANY (s.stxkeys) OR EXISTS (
                       SELECT FROM pg_catalog.pg_depend d
                        WHERE d.classid = 'pg_catalog.pg_statistic_ext'::regclass AND d.objid = s.oid
                          AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = s.stxrelid
                          AND d.refobjsubid = col.attnum))
            """;

    /** As the server writes a definition; of an index and of statistics what stands behind the name. */
    private static final String DEFINITION = """
            CASE {f}.kind
              WHEN 'index' THEN (SELECT substr(pg_catalog.pg_get_indexdef(i.indexrelid), length('CREATE '
                     || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || quote_ident(x.relname)) + 1)
                FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
               WHERE i.indexrelid = {f}.id::oid)
              WHEN 'statistics' THEN (SELECT substr(pg_catalog.pg_get_statisticsobjdef(s.oid), length(
                     pg_catalog.format('CREATE STATISTICS %I.%I', n.nspname, s.stxname)) + 1)
                FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
               WHERE s.oid = {f}.id::oid)
              ELSE regexp_replace(pg_catalog.pg_get_constraintdef({f}.id::oid), ' NOT VALID$', '') END
            """;

    /** The columns of what {@link #items} gives. */
    private static final String COLUMNS =
            "kind text, id bigint, name text, tbl text, sch text, copy text, odef text, def text,"
                    + " con text, tail text, uniq boolean, valid boolean, note text, con_note text, ident boolean,"
                    + " clustered boolean, target int, targets jsonb";

    /** Queries for one section, which write down what there is; both columns are there. */
    List<String> record() {
        String moment = Names.own("moment", keeper.name());
        return List.of(
                found("""
                SELECT 'COMMENT ON FUNCTION ' || {function} || ' IS ' || quote_literal(coalesce(jsonb_agg(
                         to_jsonb(f) - 'rel' || jsonb_build_object(
                           'id', f.id::bigint,
                           'tbl', (SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
                                     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n
                                       ON n.oid = c.relnamespace WHERE c.oid = f.rel),
                           'uniq', (SELECT i.indisunique FROM pg_catalog.pg_index i WHERE f.kind = 'index' AND i.indexrelid = f.id),
                           'target', (SELECT s.stxstattarget FROM pg_catalog.pg_statistic_ext s
                                       WHERE f.kind = 'statistics' AND s.oid = f.id),
                           'targets', (SELECT jsonb_agg(jsonb_build_array(a.attnum, a.attstattarget))
                                         FROM pg_catalog.pg_attribute a
                                        WHERE f.kind = 'index' AND a.attrelid = f.id AND a.attstattarget >= 0),
                           'sch', (SELECT quote_ident(n.nspname) FROM pg_catalog.pg_namespace n WHERE n.oid = coalesce(
                                     (SELECT s.stxnamespace FROM pg_catalog.pg_statistic_ext s
                                       WHERE f.kind = 'statistics' AND s.oid = f.id),
                                     (SELECT c.relnamespace FROM pg_catalog.pg_class c WHERE c.oid = f.rel))),
                           'copy', 'athanor_' || f.kind || '_' || left(md5({keeper} || '.' || f.rel || '.' || f.name), 16),
                           'odef', {definition})), '[]')::text)
                  FROM found f"""),
                rename(twin, moment),
                rename(column, twin),
                Template.fill("""
                SELECT 'COMMENT ON FUNCTION ' || {function} || ' IS ' || quote_literal(coalesce(jsonb_agg(
                         to_jsonb(f) || jsonb_build_object('def', {definition})), '[]')::text)
                  FROM {items} f""", "function", function(), "definition", definition("f"), "items", items()),
                rename(twin, column),
                rename(moment, twin));
    }

    /** A query that refuses when something belongs to the column that was not written down. */
    String refuseWhatIsNew() {
        return found("""
                SELECT {refusal}
                  FROM (SELECT string_agg(f.kind || ' ' || quote_ident(f.name), ', ') AS names FROM found f
                         WHERE NOT EXISTS (SELECT FROM {items} x WHERE x.kind = f.kind AND x.name = f.name)) AS new
                 WHERE names IS NOT NULL""", "refusal", Refusal.of("""
                'found ' || names || ', made while the column was being replaced, expected nothing new until contract is'
                || ' done: drop it, go on, and make it again behind this revision'"""));
    }

    /** What was written down, to stand behind FROM; no rows when the function is gone. */
    String items() {
        return Template.fill("""
                (SELECT * FROM pg_catalog.jsonb_to_recordset(pg_catalog.obj_description(
                   pg_catalog.to_regprocedure({function}), 'pg_proc')::jsonb) AS kept({columns}))""", "function", function(), "columns", COLUMNS);
    }

    /** Whether both columns are there, because the function is. */
    String isKept() {
        return "pg_catalog.to_regprocedure(" + function() + ") IS NOT NULL";
    }

    String tableName() {
        return Names.quoted(table);
    }

    private String found(String rest, String... more) {
        String body = FOUND + rest;
        String[] values = new String[more.length + 12];
        String[] always = {
            "table", Names.regclass(table),
            "column", Names.literal(column),
            "function", function(),
            "keeper", Names.literal(keeper.name()),
            "definition", definition("f"),
            "items", items()
        };
        System.arraycopy(always, 0, values, 0, always.length);
        System.arraycopy(more, 0, values, always.length, more.length);
        return Template.fill(body, values);
    }

    private static String definition(String alias) {
        return Template.fill(DEFINITION, "f", alias);
    }

    /** The function with its parentheses, as a constant. */
    private String function() {
        return Literal.quote(Names.quoted(keeper) + "()");
    }

    private String rename(String from, String to) {
        return statement(
                "ALTER TABLE " + tableName() + " RENAME COLUMN " + Names.quoted(from) + " TO " + Names.quoted(to));
    }

    /** A query that gives this statement. */
    static String statement(String sql) {
        return "SELECT " + Literal.quote(sql);
    }
}
