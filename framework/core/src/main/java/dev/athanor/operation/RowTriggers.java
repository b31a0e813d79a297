package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses the application's own triggers that look at a column which has a second shape until contract: they do not see
 * what is written to that, because what brings the two in step fires behind them; and functions that name the column fail
 * on every write once it has gone. A function that names a column of the new shape too is taken to know both.
 *
 * @param table has the columns
 * @param old columns so far
 * @param young columns that take their place
 */
record RowTriggers(QualifiedName table, List<String> old, List<String> young) {
    /** Before columns of the row in a trigger's function. */
    private static final String ROW = "\\m(new|old)\\s*\\.\\s*";

    /** A query that gives a statement which fails, or no row. */
    String refuse() {
        return Template.fill(
                """
                SELECT {refusal}
                  FROM (SELECT string_agg(quote_ident(g.tgname), ', ' ORDER BY g.tgname) AS what
                          FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
                         WHERE g.tgrelid = {table} AND NOT g.tgisinternal AND g.tgenabled <> 'D'
                           AND p.proname !~ '^athanor_'
                           AND (p.prosrc ~* {old_names} AND p.prosrc !~* {young_names}
                             OR EXISTS (
                                  SELECT FROM pg_catalog.pg_attribute a
                                   WHERE a.attrelid = g.tgrelid AND a.attname IN ({old})
                                     AND (a.attnum = ANY (g.tgattr)
                                       OR g.tgtype::int & 2 <> 0 AND EXISTS (
                                            SELECT FROM pg_catalog.pg_depend d
                                             WHERE d.classid = 'pg_catalog.pg_trigger'::regclass AND d.objid = g.oid
                                               AND d.refclassid = 'pg_catalog.pg_class'::regclass
                                               AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum))))) AS triggers
                 WHERE what IS NOT NULL""",
                "table",
                Names.regclass(table),
                "old",
                old.stream().map(Names::literal).collect(Collectors.joining(", ")),
                "old_names",
                pattern(old),
                "young_names",
                pattern(young),
                "refusal",
                Refusal.of("'found trigger ' || what || ' on ' || "
                        + Names.literal(
                                table.quoted() + ", which looks at " + listed(old) + " and not at " + listed(young)
                                        + ", expected triggers that know both shapes: let its function look at both, without"
                                        + " UPDATE OF, or drop it before this revision and make it again behind it")));
    }

    private static String listed(List<String> columns) {
        return columns.stream().map(QualifiedName::quote).collect(Collectors.joining(", "));
    }

    /** A regular expression of the server that finds one of the columns of the row, as a constant. */
    private static String pattern(List<String> columns) {
        List<String> names = new ArrayList<>();
        for (String column : columns) {
            names.add(escaped(QualifiedName.quote(column)));
            names.add(escaped(column) + "(?![\\w$])");
        }
        return Literal.quote((ROW + "(" + String.join("|", names) + ")").replace("${", "$${"));
    }

    private static String escaped(String name) {
        return name.replaceAll("([^\\p{L}\\p{N}_\\s])", "\\\\$1");
    }
}
