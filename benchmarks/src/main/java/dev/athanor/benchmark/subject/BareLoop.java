package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.table.TicketTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Two threads over the two halves of the key, 10,000 rows a statement, and nothing else: no ledger, no lease, no retries. What the exactly-once
 * engine costs shows against this.
 */
record BareLoop() implements Subject {
    private static final int WORKERS = 2;
    private static final int CHUNK = 10_000;
    private static final String END =
            "SELECT max(id) FROM (SELECT id FROM tickets WHERE id > ? AND id <= ? ORDER BY id LIMIT " + CHUNK
                    + ") page";
    private static final String CHANGE =
            "UPDATE tickets" + TicketTable.ASSIGNMENT + "WHERE id > ? AND id <= ? AND " + TicketTable.UNFILLED;

    @Override
    public String id() {
        return "bare-loop";
    }

    @Override
    public String title() {
        return "bare keyset loop, 2 threads, 10,000 rows, no ledger";
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
        long rows = place.database().number("SELECT max(id) FROM tickets");
        List<Connection> connections = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            connections.add(place.database().connect());
        }
        return new Threads(connections, rows, Executors.newFixedThreadPool(WORKERS));
    }

    private record Threads(List<Connection> connections, long rows, ExecutorService executor) implements Work {
        @Override
        public void run() throws InterruptedException, ExecutionException {
            List<Future<Long>> running = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                Connection connection = connections.get(worker);
                long lower = rows * worker / WORKERS;
                long upper = rows * (worker + 1) / WORKERS;
                running.add(executor.submit(() -> walk(connection, lower, upper)));
            }
            for (Future<Long> each : running) {
                each.get();
            }
        }

        @Override
        public void close() throws SQLException {
            executor.shutdown();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static long walk(Connection connection, long lower, long upper) throws SQLException {
        long changed = 0;
        try (PreparedStatement end = connection.prepareStatement(END);
                PreparedStatement change = connection.prepareStatement(CHANGE)) {
            for (Long done = lower, next; (next = end(end, done, upper)) != null; done = next) {
                change.setObject(1, done, Types.BIGINT);
                change.setLong(2, next);
                changed += change.executeUpdate();
            }
        }
        return changed;
    }

    private static @Nullable Long end(PreparedStatement end, long done, long upper) throws SQLException {
        end.setLong(1, done);
        end.setLong(2, upper);
        try (ResultSet result = end.executeQuery()) {
            result.next();
            return result.getObject(1, Long.class);
        }
    }
}
