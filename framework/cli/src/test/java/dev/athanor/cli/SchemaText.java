package dev.athanor.cli;

import dev.athanor.testkit.Jdbc;
import java.util.ArrayList;
import java.util.List;

/** The tables of the schema {@code public} as sorted lines: columns, constraints, indexes. */
final class SchemaText {
    private SchemaText() {}

    static List<String> of(Jdbc sql) {
        List<String> lines = new ArrayList<>(sql.texts("""
                SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                       a.attnotnull, coalesce(pg_get_expr(d.adbin, d.adrelid), ''))
                  FROM pg_class c
                  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')"""));
        lines.addAll(sql.texts("""
                SELECT format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                  FROM pg_constraint WHERE connamespace = 'public'::regnamespace"""));
        lines.addAll(sql.texts("SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'"));
        return lines.stream().sorted().toList();
    }
}
