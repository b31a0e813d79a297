package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.table.TicketTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The loop of many textbooks: pages by LIMIT and OFFSET of what is still to be done, changed row by row, a commit for each page. What is
 * done leaves the result, but the offset moves on, so every second page is never seen.
 */
record OffsetLoop() implements Subject {
    private static final int PAGE = 1_000;
    private static final String READ = "SELECT id, created_at, resolved_at FROM tickets WHERE " + TicketTable.UNFILLED
            + " ORDER BY id LIMIT " + PAGE + " OFFSET ?";
    private static final String WRITE = "UPDATE tickets SET resolution_time_seconds = ? WHERE id = ?";

    private record Change(long id, int seconds) {}

    @Override
    public String id() {
        return "offset-loop";
    }

    @Override
    public String title() {
        return "LIMIT/OFFSET loop, row by row";
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
    public boolean leavesRowsOut() {
        return true;
    }

    @Override
    public Work open(Workplace place) throws SQLException {
        return JdbcWork.on(place, OffsetLoop::loop);
    }

    private static void loop(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement read = connection.prepareStatement(READ);
                PreparedStatement write = connection.prepareStatement(WRITE)) {
            List<Change> page;
            for (long offset = 0; !(page = page(read, offset)).isEmpty(); offset += PAGE) {
                for (Change change : page) {
                    write.setInt(1, change.seconds());
                    write.setLong(2, change.id());
                    write.executeUpdate();
                }
                connection.commit();
            }
        }
    }

    private static List<Change> page(PreparedStatement read, long offset) throws SQLException {
        read.setLong(1, offset);
        List<Change> page = new ArrayList<>(PAGE);
        try (ResultSet rows = read.executeQuery()) {
            while (rows.next()) {
                Duration time = Duration.between(
                        rows.getObject(2, OffsetDateTime.class), rows.getObject(3, OffsetDateTime.class));
                page.add(new Change(rows.getLong(1), Math.toIntExact(time.toSeconds())));
            }
        }
        return page;
    }
}
