package dev.athanor.operation;

/**
 * In which order triggers lock a row of the old table and the row of the new one that belongs to it, so that writers of the
 * two do not wait for each other. A row is locked before its triggers fire, so the orders are two: who writes the old
 * row comes to the new one, and the other way round.
 *
 * <p>Who holds the old row and finds the new one taken says so, by an advisory lock, and waits. Who holds the new row and
 * finds the old one taken waits only until somebody has said so. Then he leaves the old row to that one, who comes next,
 * sees both rows, and makes them equal.
 *
 * <p>The pieces are PL/pgSQL; those for holders of the old row set the variable {@code athanor_waited}.
 *
 * @param name what is kept in step, a name of ours
 */
record PairLocks(String name) {
    /** In which a trigger says that it writes to the other table, so that the other table's triggers do not write back. */
    private static final String SYNCING = "athanor.syncing";

    /** Looks at a row that is taken, {@value #PAUSE} s apart: two seconds, then the server's own detection of deadlocks helps. */
    private static final int LOOKS = 1000;

    /** In seconds; short beside what a writer waits for a commit. */
    private static final String PAUSE = "0.002";

    /** A condition of triggers: nobody of this name is writing to the other side, or filling it. */
    String quiet() {
        return "current_setting('" + SYNCING + "', true) IS DISTINCT FROM " + Names.literal(name)
                + " AND current_setting('" + SyncTrigger.BACKFILL + "', true) IS DISTINCT FROM "
                + Names.literal(name);
    }

    /** From here on what is written makes no trigger of this name write back. */
    String begin() {
        return "PERFORM pg_catalog.set_config('" + SYNCING + "', " + Names.literal(name) + ", true);";
    }

    /** From here on it does again. */
    String end() {
        return "PERFORM pg_catalog.set_config('" + SYNCING + "', '', true);";
    }

    /** Locks rows of the new table whose column is a value; the old row with that value is held already. */
    String holdingOld(String table, String column, String value) {
        return fill("""
                  IF {free} < {all} THEN
                    PERFORM pg_catalog.pg_advisory_xact_lock({token});
                    PERFORM FROM {table} AS pair WHERE pair.{column} = {value} FOR NO KEY UPDATE;
                    athanor_waited := true;
                  END IF;
                """, table, column, value);
    }

    /** Locks rows of the old table whose column is a value, or ends an AFTER trigger that need not write them. */
    String holdingNew(String table, String column, String value) {
        return fill("""
                  FOR athanor_look IN 1 .. {looks} LOOP
                    EXIT WHEN {free} = {all};
                    IF {declared} THEN
                      RETURN NULL;
                    END IF;
                    PERFORM pg_catalog.pg_sleep({pause});
                  END LOOP;
                  PERFORM FROM {table} AS pair WHERE pair.{column} = {value} FOR NO KEY UPDATE;
                """, table, column, value);
    }

    /**
     * The body of a function that tells whether rows with the key {@code athanor_key} are out of step. It looks twice, at
     * different moments, and between whether somebody is about to make them equal.
     */
    String judge(String wrong) {
        return Template.fill("""

                #variable_conflict use_column
                BEGIN
                  IF {wrong} THEN
                    IF NOT {declared} THEN
                      RETURN {wrong};
                    END IF;
                  END IF;
                  RETURN false;
                END
                """, "wrong", wrong, "declared", declared("athanor_key"));
    }

    /** Whether somebody else holds the old row and waits, or has waited, for the new one. */
    private String declared(String value) {
        return Template.fill("""
                EXISTS (SELECT FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_database AS d ON d.oid = l.database
                         WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
                           AND d.datname = current_database() AND l.pid <> pg_catalog.pg_backend_pid()
                           AND (l.classid::bigint << 32) | l.objid::bigint = {token})""", "token", token(value));
    }

    private String token(String value) {
        return "pg_catalog.hashtextextended(" + Names.literal(name + " ") + " || (" + value + ")::text, 0)";
    }

    private String fill(String text, String table, String column, String value) {
        String rows = "FROM " + table + " AS pair WHERE pair." + column + " = " + value;
        return Template.fill(
                text,
                "free",
                "(SELECT count(*) FROM (SELECT " + rows + " FOR NO KEY UPDATE SKIP LOCKED) AS free)",
                "all",
                "(SELECT count(*) " + rows + ")",
                "declared",
                declared(value),
                "token",
                token(value),
                "looks",
                String.valueOf(LOOKS),
                "pause",
                PAUSE,
                "table",
                table,
                "column",
                column,
                "value",
                value);
    }
}
