package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * An UPDATE of many rows in one statement for autocommit, a DO block that commits after every block of pages; for what is
 * taken back, where no chunks are. It can be run again at any time, because its condition knows what is done.
 *
 * <p>A row that the application changes meanwhile moves to another page, perhaps to one that was passed; so the table is
 * walked again until one look at all of it, which sees a single point in time, finds no row left.
 *
 * @param table whose rows are changed; partitions are walked one by one
 * @param set what stands behind SET
 * @param condition which rows; must not hold for a row any more when it is changed
 * @param quiets the sync trigger that does not fire; null: all do
 */
record BlockUpdate(
        QualifiedName table,
        String set,
        String condition,
        @Nullable String quiets) {
    /** Pages in a transaction: 4 MB of the table, some ten thousand rows, tenths of a second. */
    private static final int PAGES = 512;

    /** Each walk leaves only what was moved during it; whatever is left after so many is left because it cannot be changed. */
    private static final int WALKS = 50;

    /** As long as a section's statement can be given: all of the walk is one statement, which no server's limit may end. */
    private static final String LONGEST_RUN = "576h";

    /** The section of it alone. */
    Part part() {
        return endless(Part.autocommit(sql() + ";"));
    }

    /** The section with as much time as such a statement may need, whatever {@code statement_timeout} there is. */
    static Part endless(Part part) {
        return part.with("statement-timeout", LONGEST_RUN);
    }

    String sql() {
        return "DO "
                + Literal.dollarQuote(Template.fill(
                        """

                DECLARE
                  part regclass;
                  place bigint;
                  pages bigint;
                  remaining boolean;
                BEGIN
                  FOR part IN SELECT c.oid FROM pg_catalog.pg_class c
                               WHERE c.relkind = 'r' AND (c.oid = {table} OR c.oid IN (
                                       SELECT t.relid FROM pg_catalog.pg_partition_tree({table}) t)) LOOP
                   IF pg_catalog.row_security_active(part) THEN
                     RAISE EXCEPTION 'row security hides rows of % from role %, which would not be filled', part, current_user
                       USING ERRCODE = 'insufficient_privilege',
                             HINT = 'Run as a role with BYPASSRLS, or as the owner without FORCE ROW LEVEL SECURITY.';
                   END IF;
                   FOR walk IN 1 .. {walks} LOOP
                    EXECUTE pg_catalog.format({look}, part, {alias}) INTO remaining;
                    EXIT WHEN NOT remaining;
                    IF walk = {walks} THEN
                      RAISE EXCEPTION 'rows of % are changed faster than they can be filled, or cannot be filled', part
                        USING HINT = 'Look for rows where the expression gives no value, then run athanor resume.';
                    END IF;
                    place := 0;
                    pages := pg_catalog.pg_relation_size(part) / current_setting('block_size')::int;
                    WHILE place <= pages LOOP
                      {quiet}
                      EXECUTE pg_catalog.format({update}, part, {alias}) USING
                        pg_catalog.format('(%s,0)', place)::tid, pg_catalog.format('(%s,0)', place + {pages})::tid;
                      COMMIT;
                      place := place + {pages};
                    END LOOP;
                   END LOOP;
                  END LOOP;
                END
                """,
                        "table",
                        Names.regclass(table),
                        "walks",
                        String.valueOf(WALKS),
                        "look",
                        Literal.quote("SELECT EXISTS (SELECT FROM %s AS %I WHERE " + escaped(condition) + ")"),
                        "quiet",
                        quiet(),
                        "pages",
                        String.valueOf(PAGES),
                        "alias",
                        Names.literal(table.name()),
                        "update",
                        Literal.quote(update())));
    }

    /** The table's own name in front of columns goes on to work, whichever partition it is. */
    private String update() {
        return "UPDATE %s AS %I SET " + escaped(set) + " WHERE ctid >= $1 AND ctid < $2 AND (" + escaped(condition)
                + ")";
    }

    private static String escaped(String sql) {
        return sql.replace("%", "%%");
    }

    private String quiet() {
        return quiets == null
                ? ""
                : "PERFORM pg_catalog.set_config('" + SyncTrigger.BACKFILL + "', " + Names.literal(quiets) + ", true);";
    }
}
