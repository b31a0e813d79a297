package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.table.TicketTable;
import java.sql.SQLException;
import java.sql.Statement;

/** A PL/pgSQL procedure that walks the key and commits every 10,000 rows: no round trips, one core, and nothing to resume from. */
record CommittingProcedure() implements Subject {
    private static final String CREATE = """
            CREATE OR REPLACE PROCEDURE tickets_fill(batch integer) LANGUAGE plpgsql AS $$
            DECLARE
              done bigint := 0;
              upto bigint;
            BEGIN
              LOOP
                SELECT max(id) INTO upto FROM (SELECT id FROM tickets WHERE id > done ORDER BY id LIMIT batch) page;
                EXIT WHEN upto IS NULL;
                UPDATE tickets %s WHERE id > done AND id <= upto AND %s;
                COMMIT;
                done := upto;
              END LOOP;
            END $$""".formatted(TicketTable.ASSIGNMENT, TicketTable.UNFILLED);

    @Override
    public String id() {
        return "plpgsql";
    }

    @Override
    public String title() {
        return "PL/pgSQL procedure, COMMIT every 10,000 rows";
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
        place.database().execute(CREATE);
        return JdbcWork.on(place, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CALL tickets_fill(10000)");
            }
        });
    }
}
