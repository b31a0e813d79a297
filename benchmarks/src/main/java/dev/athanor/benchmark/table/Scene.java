package dev.athanor.benchmark.table;

/**
 * A table in a state, and what is to be done with it: all that do the same thing to the same table can be compared, above all with the one
 * statement that does it.
 */
public enum Scene {
    /** A column filled, by a bigint key. */
    FILL("", "fill a column", Texts.BY_ID, Texts.FILL, Texts.UNFILLED),
    /** The same by a random uuid: the key's order is not that of the rows. */
    FILL_UUID("uuid", "fill, uuid key", """
            ALTER TABLE tickets ADD COLUMN uid uuid;
            INSERT INTO tickets SELECT source.*, md5(id::text)::uuid FROM tickets_source source;
            ALTER TABLE tickets ADD PRIMARY KEY (uid);
            """, Texts.FILL, Texts.UNFILLED),
    /** The same by a key of two columns, of which the first has 250 values spread over the table. */
    FILL_COMPOSITE("composite", "fill, key of two columns", """
            INSERT INTO tickets SELECT * FROM tickets_source;
            ALTER TABLE tickets ADD PRIMARY KEY (agent_id, id);
            """, Texts.FILL, Texts.UNFILLED),
    /** The same under a row trigger that fires for every change, as one that keeps two columns in step. */
    FILL_TRIGGER("trigger", "fill, sync trigger", Texts.BY_ID + """
            CREATE OR REPLACE FUNCTION tickets_sync() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NEW.resolution_time_seconds IS NULL THEN
                NEW.resolution_time_seconds := extract(epoch FROM NEW.resolved_at - NEW.created_at)::int;
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER tickets_sync BEFORE INSERT OR UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION tickets_sync();
            """, Texts.FILL, Texts.UNFILLED),
    /** The same with an index on the changed column and one on another. */
    FILL_INDEXED("indexed", "fill, indexes", Texts.BY_ID + """
            CREATE INDEX tickets_resolution_time ON tickets (resolution_time_seconds);
            CREATE INDEX tickets_created_at ON tickets (created_at);
            """, Texts.FILL, Texts.UNFILLED),
    /** All rows copied into another table with a primary key. */
    COPY("copy", "copy to a table", Texts.BY_ID + """
            DROP TABLE IF EXISTS tickets_copy;
            CREATE TABLE tickets_copy (LIKE tickets INCLUDING ALL) WITH (autovacuum_enabled = off);
            """, "INSERT INTO tickets_copy SELECT * FROM tickets", """
            SELECT (SELECT count(*) FROM tickets FULL JOIN tickets_copy USING (id)
                     WHERE ROW(tickets.*) IS DISTINCT FROM ROW(tickets_copy.*))
                 + abs((SELECT count(*) FROM tickets_source) - (SELECT count(*) FROM tickets))"""),
    /** Every second row deleted. */
    PURGE("purge", "delete half of the rows", Texts.BY_ID, "DELETE FROM tickets WHERE agent_id % 2 = 0", """
            SELECT (SELECT count(*) FROM tickets WHERE agent_id % 2 = 0)
                 + abs((SELECT count(*) FROM tickets_source WHERE agent_id % 2 = 1)
                     - (SELECT count(*) FROM tickets WHERE agent_id % 2 = 1))"""),
    /** An index built. */
    INDEX("index", "build an index", Texts.BY_ID, "CREATE INDEX tickets_user ON tickets (user_id, created_at)", """
            SELECT 1 - count(*) FROM pg_index WHERE indexrelid = to_regclass('tickets_user') AND indisvalid"""),
    /** A column that is never null, on a table whose rows all have a value. */
    NOT_NULL(
            "not-null",
            "set NOT NULL",
            Texts.BY_ID + """
            ALTER TABLE tickets ALTER COLUMN channel DROP NOT NULL;
            """,
            "ALTER TABLE tickets ALTER COLUMN channel SET NOT NULL",
            """
            SELECT count(*) FROM pg_attribute
             WHERE attrelid = 'tickets'::regclass AND attname = 'channel' AND NOT attnotnull""");

    private final String suffix;
    private final String title;
    private final String fill;
    private final String oneStatement;
    private final String wrong;

    Scene(String suffix, String title, String fill, String oneStatement, String wrong) {
        this.suffix = suffix;
        this.title = title;
        this.fill = fill;
        this.oneStatement = oneStatement;
        this.wrong = wrong;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Id of something in this scene: {@code backfill}, {@code backfill-uuid} … */
    public String id(String name) {
        return suffix.isEmpty() ? name : name + "-" + suffix;
    }

    /** The single statement that does all of it: what everything else is compared with. */
    public String oneStatement() {
        return oneStatement;
    }

    /** What fills the empty table and makes its indexes. */
    String fill() {
        return fill;
    }

    /** A query that counts the rows that are not as they should be. */
    String wrong() {
        return wrong;
    }

    private static final class Texts {
        static final String BY_ID = """
                INSERT INTO tickets SELECT * FROM tickets_source;
                ALTER TABLE tickets ADD PRIMARY KEY (id);
                """;
        static final String FILL = "UPDATE tickets" + TicketTable.ASSIGNMENT + "WHERE " + TicketTable.UNFILLED;
        static final String UNFILLED = """
                SELECT (SELECT count(*) FROM tickets
                         WHERE resolution_time_seconds IS DISTINCT FROM extract(epoch FROM resolved_at - created_at)::int)
                     + abs((SELECT count(*) FROM tickets_source) - (SELECT count(*) FROM tickets))""";

        private Texts() {}
    }
}
