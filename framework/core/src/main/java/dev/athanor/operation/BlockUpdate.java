package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * An UPDATE of many rows in one statement for autocommit, a DO block that commits after every block of pages; for what is
 * taken back, where no chunks are. It can be run again at any time, because its condition knows what is done.
 *
 * @param table whose rows are changed; partitions are walked one by one
 * @param set what stands behind SET
 * @param condition which rows
 * @param quiets the sync trigger that does not fire; null: all do
 */
record BlockUpdate(
        QualifiedName table,
        String set,
        String condition,
        @Nullable String quiets) {
    /** Pages in a transaction: 4 MB of the table, some ten thousand rows, tenths of a second. */
    private static final int PAGES = 512;

    String sql() {
        return "DO "
                + Literal.dollarQuote(Template.fill(
                        """

                DECLARE
                  part regclass;
                  place bigint;
                  pages bigint;
                BEGIN
                  FOR part IN SELECT c.oid FROM pg_catalog.pg_class c
                               WHERE c.relkind = 'r' AND (c.oid = {table} OR c.oid IN (
                                       SELECT t.relid FROM pg_catalog.pg_partition_tree({table}) t)) LOOP
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
                END
                """,
                        "table",
                        Names.regclass(table),
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
