package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;

/**
 * A statement for autocommit that works a value out for every row, changes nothing, and refuses with the number of rows that
 * have none: before a trigger does the same with every row that the application writes.
 *
 * <p>It reads a block of pages at once, and row by row where that fails.
 *
 * @param table whose rows are read; partitions are read one by one
 * @param column may not be null where it is NOT NULL now
 * @param value what is to be had from every row, over its columns
 * @param type what the value is to be, for the message
 */
record FitCheck(QualifiedName table, String column, String value, String type) {
    /** Pages that are read at once: 4 MB of the table, so that no snapshot is held for long. */
    private static final int PAGES = 512;

    private static final String BODY = """

            DECLARE
              required boolean := (SELECT a.attnotnull FROM pg_catalog.pg_attribute a
                                    WHERE a.attrelid = {table} AND a.attname = {column} AND NOT a.attisdropped);
              part regclass;
              place bigint;
              pages bigint;
              begins tid;
              ends tid;
              one tid;
              empty bigint;
              wrong bigint := 0;
              cause text := 'null';
            BEGIN
              FOR part IN SELECT c.oid FROM pg_catalog.pg_class c
                           WHERE c.relkind = 'r' AND (c.oid = {table} OR c.oid IN (
                                   SELECT t.relid FROM pg_catalog.pg_partition_tree({table}) t)) LOOP
                place := 0;
                pages := pg_catalog.pg_relation_size(part) / current_setting('block_size')::int;
                WHILE place <= pages LOOP
                  begins := pg_catalog.format('(%s,0)', place)::tid;
                  ends := pg_catalog.format('(%s,0)', place + {pages})::tid;
                  BEGIN
                    EXECUTE pg_catalog.format({block}, part, {alias}) INTO empty USING begins, ends, required;
                    wrong := wrong + empty;
                  EXCEPTION WHEN OTHERS THEN
                    FOR one IN EXECUTE pg_catalog.format('SELECT ctid FROM %s WHERE ctid >= $1 AND ctid < $2', part)
                        USING begins, ends LOOP
                      BEGIN
                        EXECUTE pg_catalog.format({row}, part, {alias}) INTO empty USING one, one, required;
                        wrong := wrong + empty;
                      EXCEPTION WHEN OTHERS THEN
                        wrong := wrong + 1;
                        cause := SQLERRM;
                      END;
                    END LOOP;
                  END;
                  COMMIT;
                  place := place + {pages};
                END LOOP;
              END LOOP;
              IF wrong > 0 THEN
                RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = pg_catalog.format(
                  'found %s of %s whose value does not go into %s (%s), expected none: nothing was changed;'
                    || ' change or delete them, then run: athanor resume',
                  wrong || CASE wrong WHEN 1 THEN ' row' ELSE ' rows' END, {name}, {type}, cause);
              END IF;
            END
            """;

    String sql() {
        return "DO "
                + Literal.dollarQuote(Template.fill(
                        BODY,
                        "table",
                        Names.regclass(table),
                        "column",
                        Names.literal(column),
                        "pages",
                        String.valueOf(PAGES),
                        "alias",
                        Names.literal(table.name()),
                        "block",
                        Literal.quote(count("ctid >= $1 AND ctid < $2")),
                        "row",
                        Literal.quote(count("ctid = $1 AND ctid = $2")),
                        "name",
                        Names.literal(table.quoted()),
                        "type",
                        Names.literal(type)));
    }

    /** Rows without a value, which matters only where there must be one; every value is worked out in any case. */
    private String count(String rows) {
        String filled = "count(" + value.replace("%", "%%") + ")";
        return "SELECT CASE WHEN $3 THEN count(*) - " + filled + " ELSE " + filled + " * 0 END FROM %s AS %I WHERE "
                + rows;
    }
}
