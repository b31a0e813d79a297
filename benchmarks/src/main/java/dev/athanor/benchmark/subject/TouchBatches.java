package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.Scene;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Batches of 1,000 in the shape that pgroll documents for its backfills, written anew: a flag column that is true for old rows, a trigger
 * that works out the new column and clears the flag, and a statement of two CTEs that locks the next rows and touches them.
 */
record TouchBatches() implements Subject {
    private static final int BATCH = 1_000;
    private static final String SETUP = """
            ALTER TABLE tickets ADD COLUMN to_backfill boolean DEFAULT true;
            CREATE OR REPLACE FUNCTION tickets_touched() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
              created_at timestamptz := NEW.created_at;
              resolved_at timestamptz := NEW.resolved_at;
            BEGIN
              IF current_setting('search_path') <> 'tickets_new_version' THEN
                NEW.resolution_time_seconds := extract(epoch FROM resolved_at - created_at)::int;
                NEW.to_backfill := false;
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER tickets_touched BEFORE INSERT OR UPDATE ON tickets
              FOR EACH ROW EXECUTE FUNCTION tickets_touched();
            """;
    private static final String TOUCH = """
            WITH chosen AS (
              SELECT id FROM tickets WHERE to_backfill = true AND id > ? ORDER BY id LIMIT %d FOR NO KEY UPDATE
            ), touched AS (
              UPDATE tickets SET id = tickets.id FROM chosen WHERE tickets.id = chosen.id RETURNING tickets.id
            )
            SELECT max(id) FROM touched""".formatted(BATCH);

    @Override
    public String id() {
        return "two-cte";
    }

    @Override
    public String title() {
        return "two CTEs and a touch trigger (pgroll's shape), 1,000 rows";
    }

    @Override
    public Scene scene() {
        return Scene.FILL;
    }

    @Override
    public Kind kind() {
        return Kind.PEER;
    }

    @Override
    public String group() {
        return "jdbc";
    }

    @Override
    public Work open(Workplace place) throws SQLException {
        place.database().execute(SETUP);
        return JdbcWork.on(place, TouchBatches::loop);
    }

    private static void loop(Connection connection) throws SQLException {
        try (PreparedStatement touch = connection.prepareStatement(TOUCH)) {
            long last = 0;
            do {
                touch.setLong(1, last);
                try (ResultSet result = touch.executeQuery()) {
                    result.next();
                    last = result.getLong(1);
                }
            } while (last > 0);
        }
    }
}
