package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moment in which a column's twin takes its place: queries for one section, under the lock of one table, none of which
 * reads rows.
 *
 * @param belongings of the column, written down and made for the twin
 * @param renamed whether the twin takes the column's name too
 * @param value the twin's default; null: that of the column
 */
record TwinSwap(
        Belongings belongings, boolean renamed, @Nullable String value) {
    List<String> queries() {
        QualifiedName table = belongings.table();
        String column = belongings.column();
        String twin = belongings.twin();
        String alter = "ALTER TABLE " + Names.quoted(table);
        List<String> queries = new ArrayList<>(List.of(
                notNull(),
                TwinColumn.attributes(table, column, twin),
                TwinColumn.ownedSequence(table, column, twin),
                value == null
                        ? TwinColumn.defaultValue(table, column, twin)
                        : Belongings.statement(alter + " ALTER COLUMN " + Names.quoted(twin) + " SET DEFAULT " + value),
                TwinColumn.identity(table, column, twin),
                Belongings.statement(alter + " DROP COLUMN " + Names.quoted(column))));
        if (renamed) {
            queries.add(Belongings.statement(
                    alter + " RENAME COLUMN " + Names.quoted(twin) + " TO " + Names.quoted(column)));
        }
        queries.addAll(List.of(indexes(), names(), comments(), marks(), statistics()));
        return queries;
    }

    /** Costs no scan: a valid constraint says already that there is no null. */
    private String notNull() {
        return fill("""
                SELECT 'ALTER TABLE ' || {table} || s.action
                  FROM {items} x CROSS JOIN LATERAL (VALUES
                         (1, ' ALTER COLUMN ' || {twin} || ' SET NOT NULL'),
                         (2, ' DROP CONSTRAINT ' || quote_ident(x.copy))) AS s (step, action)
                 WHERE x.kind = 'notnull' AND current_setting('server_version_num')::int < 180000
                 ORDER BY s.step""");
    }

    private String indexes() {
        return fill("""
                SELECT CASE WHEN x.con IS NULL
                         THEN 'ALTER INDEX ' || x.sch || '.' || quote_ident(x.copy) || ' RENAME TO ' || quote_ident(x.name)
                         ELSE 'ALTER TABLE ' || {table} || ' ADD CONSTRAINT ' || quote_ident(x.name) || ' ' || x.con
                           || ' USING INDEX ' || quote_ident(x.copy) || x.tail END
                  FROM {items} x
                 WHERE x.kind = 'index'
                 ORDER BY x.con NULLS LAST, x.name""");
    }

    private String names() {
        return fill("""
                SELECT 'ALTER TABLE ' || {table} || ' RENAME CONSTRAINT ' || quote_ident(x.copy) || ' TO '
                         || quote_ident(x.name)
                  FROM {items} x
                 WHERE x.kind = 'check'
                    OR x.kind = 'notnull' AND current_setting('server_version_num')::int >= 180000
                 ORDER BY x.name""");
    }

    private String comments() {
        return fill("""
                SELECT s.statement
                  FROM {items} x CROSS JOIN LATERAL (
                         SELECT 'COMMENT ON INDEX ' || x.sch || '.' || quote_ident(x.name) || ' IS ' || quote_literal(x.note)
                          WHERE x.kind = 'index' AND x.note IS NOT NULL
                         UNION ALL
                         SELECT 'ALTER INDEX ' || x.sch || '.' || quote_ident(x.name) || ' ALTER COLUMN ' || (t ->> 0)
                                  || ' SET STATISTICS ' || (t ->> 1)
                           FROM jsonb_array_elements(nullif(x.targets, 'null')) AS t
                         UNION ALL
                         SELECT 'COMMENT ON CONSTRAINT ' || quote_ident(x.name) || ' ON ' || {table} || ' IS '
                                  || quote_literal(x.con_note)
                          WHERE x.kind IN ('index', 'check', 'notnull') AND x.con_note IS NOT NULL) AS s (statement)
                 ORDER BY s.statement""");
    }

    private String marks() {
        return fill("""
                SELECT 'ALTER TABLE ' || {table} || s.action || quote_ident(x.name)
                  FROM {items} x CROSS JOIN LATERAL (VALUES
                         (x.ident, ' REPLICA IDENTITY USING INDEX '),
                         (x.clustered, ' CLUSTER ON ')) AS s (wanted, action)
                 WHERE x.kind = 'index' AND s.wanted""");
    }

    private String statistics() {
        return fill("""
                SELECT s.statement
                  FROM {items} x CROSS JOIN LATERAL (
                         SELECT 1, 'CREATE STATISTICS ' || x.sch || '.' || quote_ident(x.name) || x.{definition}
                         UNION ALL
                         SELECT 2, 'ALTER STATISTICS ' || x.sch || '.' || quote_ident(x.name) || ' SET STATISTICS ' || x.target
                          WHERE x.target >= 0
                         UNION ALL
                         SELECT 3, 'COMMENT ON STATISTICS ' || x.sch || '.' || quote_ident(x.name) || ' IS '
                                  || quote_literal(x.note)
                          WHERE x.note IS NOT NULL) AS s (step, statement)
                 WHERE x.kind = 'statistics'
                 ORDER BY x.name, s.step""");
    }

    private String fill(String query) {
        return Template.fill(
                query,
                "items",
                belongings.items(),
                "table",
                Literal.quote(Names.quoted(belongings.table())),
                "twin",
                Literal.quote(Names.quoted(belongings.twin())),
                "definition",
                renamed ? "odef" : "def");
    }
}
