package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.table.TicketTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** UPDATE of any 5,000 rows that are still to be done, again and again until none is left: each time it looks past all that is done. */
record LimitLoop() implements Subject {
    private static final String BATCH = "UPDATE tickets" + TicketTable.ASSIGNMENT
            + "WHERE id IN (SELECT id FROM tickets WHERE " + TicketTable.UNFILLED + " LIMIT 5000)";

    @Override
    public String id() {
        return "limit-loop";
    }

    @Override
    public String title() {
        return "UPDATE … LIMIT 5,000 until none is left";
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
    public boolean isSlow() {
        return true;
    }

    @Override
    public Work open(Workplace place) throws SQLException {
        return JdbcWork.on(place, connection -> {
            try (PreparedStatement batch = connection.prepareStatement(BATCH)) {
                while (batch.executeUpdate() > 0) {
                    // Each is a transaction of its own.
                }
            }
        });
    }
}
