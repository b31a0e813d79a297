package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.TicketTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The loop that people write into migration tools by hand: 10,000 rows of the key at a time, a commit for each, one connection. */
final class KeysetLoop {
    /** How it is called in titles. */
    static final String TITLE = "loop over the key, 10,000 rows a commit";

    private static final String NEXT =
            "SELECT max(id) FROM (SELECT id FROM tickets WHERE id > ? ORDER BY id LIMIT 10000) page";
    private static final String CHANGE =
            "UPDATE tickets" + TicketTable.ASSIGNMENT + "WHERE id > ? AND id <= ? AND " + TicketTable.UNFILLED;

    private KeysetLoop() {}

    /** Walks the whole table; the connection may be in autocommit or not, and stays so. */
    static void run(Connection connection) throws SQLException {
        try (PreparedStatement next = connection.prepareStatement(NEXT);
                PreparedStatement change = connection.prepareStatement(CHANGE)) {
            for (long done = 0, end; (end = next(next, done)) > 0; done = end) {
                change.setLong(1, done);
                change.setLong(2, end);
                change.executeUpdate();
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
            }
        }
    }

    private static long next(PreparedStatement next, long done) throws SQLException {
        next.setLong(1, done);
        try (ResultSet result = next.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }
}
