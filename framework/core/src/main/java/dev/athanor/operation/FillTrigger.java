package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a column its value in rows that are written by somebody who does not know the column. It changes the row that is
 * being written, behind the application's own triggers; the operation's backfill does not fire it. It fires with {@code
 * session_replication_role = replica} too, as {@link SyncTrigger} does.
 *
 * @param table has the column
 * @param fill the column and its value
 * @param when which rows get it
 */
record FillTrigger(QualifiedName table, Assignment fill, When when) {
    /** In the names of functions that go away in contract. */
    static final String PASSING = "fill";

    /** In the names of functions that stay. */
    static final String STAYING = "stored";

    /** Rows that get the value. */
    enum When {
        /** Rows that have none. */
        MISSING,
        /**
         * Rows that have none; and rows whose value is what the expression gave, and is not written while what the
         * expression reads is: old versions, which do not know the column, change that. Sessions whose {@code
         * athanor.writer} is {@code new} are left alone.
         */
        DERIVED,
        /** Every row, whatever was written. */
        ALWAYS
    }

    /** Of the function, and of the trigger behind {@code zz_}, so that it fires last. */
    String name() {
        return Names.own(when == When.ALWAYS ? STAYING : PASSING, table.name(), fill.column());
    }

    /** The trigger that keeps a column up for ever. */
    static FillTrigger staying(QualifiedName table, String column) {
        return new FillTrigger(table, new Assignment(column, Names.quoted(column)), When.ALWAYS);
    }

    /** Refuses what the trigger would get wrong. */
    Part refusals() {
        Reads all = when == When.MISSING ? reads().and(List.of(fill.column())) : reads();
        List<String> queries = new ArrayList<>(all.refusals());
        queries.add(Obstacles.refuseHiddenRows(table));
        return rows(queries).asking();
    }

    /** Makes the function and its trigger, which depends on the columns that the function reads and writes. */
    Part create() {
        String quiet =
                "current_setting('" + SyncTrigger.BACKFILL + "', true) IS DISTINCT FROM " + Names.literal(name());
        String function = "CREATE FUNCTION " + function()
                + "() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS " + Literal.dollarQuote(body());
        String begin = "CREATE TRIGGER " + Names.quoted(trigger()) + " BEFORE INSERT OR UPDATE ON "
                + Names.quoted(table) + " FOR EACH ROW WHEN (" + quiet
                + (when == When.MISSING ? " AND NEW." + column() + " IS NULL" : "");
        return rows(List.of(
                Belongings.statement(function),
                "SELECT " + Names.statement(begin) + " || "
                        + reads().and(List.of(fill.column())).always() + " || "
                        + Names.statement(") EXECUTE FUNCTION " + function() + "()"),
                Belongings.statement(SyncTrigger.fires(table, trigger()))));
    }

    private Reads reads() {
        return Reads.of(table, List.of(fill.expression()));
    }

    private static Part rows(List<String> queries) {
        return Part.rows(String.join(";\n", queries) + ";");
    }

    /** Takes both away, also when only a part is there. */
    String drop() {
        return dropTrigger() + ";\n" + dropFunction() + ";\n";
    }

    /** Queries that give the statements which take both away, where they are there. */
    String dropIfThere() {
        String there = " WHERE pg_catalog.to_regprocedure(" + Literal.quote(function() + "()") + ") IS NOT NULL;\n";
        return Belongings.statement(dropTrigger()) + there + Belongings.statement(dropFunction()) + there;
    }

    private String dropTrigger() {
        return "DROP TRIGGER IF EXISTS " + Names.quoted(trigger()) + " ON " + Names.quoted(table);
    }

    private String dropFunction() {
        return "DROP FUNCTION IF EXISTS " + function() + "()";
    }

    private String function() {
        return Names.quoted(Names.beside(table, name()));
    }

    private String trigger() {
        return "zz_" + name().substring("athanor_".length());
    }

    private String column() {
        return Names.quoted(fill.column());
    }

    private String value(String row) {
        return "SELECT (" + fill.expression() + ") INTO " + (row.equals("NEW") ? "NEW." + column() : "derived")
                + " FROM (SELECT " + row + ".*) AS " + Names.quoted(table.name()) + ";";
    }

    private String body() {
        if (when != When.DERIVED) {
            return "\n#variable_conflict use_column\nBEGIN\n  " + value("NEW") + "\n  RETURN NEW;\nEND\n";
        }
        return """

                #variable_conflict use_column
                DECLARE
                  derived %s.%s%%TYPE;
                BEGIN
                  IF NEW.%s IS NULL THEN
                    %s
                  ELSIF TG_OP = 'UPDATE' AND current_setting('athanor.writer', true) IS DISTINCT FROM 'new'
                      AND NOT %s THEN
                    %s
                    IF NOT %s THEN
                      %s
                    END IF;
                  END IF;
                  RETURN NEW;
                END
                """.formatted(
                        Names.quoted(table),
                        column(),
                        column(),
                        value("NEW"),
                        SyncTrigger.differ("OLD." + column(), "NEW." + column()),
                        value("OLD"),
                        SyncTrigger.differ("OLD." + column(), "derived"),
                        value("NEW"));
    }
}
