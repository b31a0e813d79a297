package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.server.BenchmarkDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that changes rows by their key at a constant rate, each a transaction of its own. Latency counts from the moment at which a
 * statement was due, so that a stall shows in all that should have happened meanwhile.
 */
final class ConstantLoad implements AutoCloseable {
    /** Statements a second: what a busy desk does, and far from what the server could. */
    static final int RATE = 500;

    private static final int CONNECTIONS = 8;
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / RATE;

    private final long begin = System.nanoTime();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Statement> statements = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean ended;

    /**
     * A statement that was sent.
     *
     * @param due nanoseconds since the load began
     * @param latency nanoseconds from then to the answer
     * @param failed whether the answer was an error
     */
    record Statement(long due, long latency, boolean failed) {}

    private ConstantLoad(BenchmarkDatabase database, long rows) throws SQLException {
        for (int i = 0; i < CONNECTIONS; i++) {
            int place = i;
            Connection connection = database.connect();
            connections.add(connection);
            Thread thread = new Thread(() -> send(connection, place, rows), "load-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Starts it on {@code tickets}, of which the keys go from 1 to {@code rows}. */
    static ConstantLoad start(BenchmarkDatabase database, long rows) throws SQLException {
        return new ConstantLoad(database, rows);
    }

    /** Nanoseconds since it began. */
    long now() {
        return System.nanoTime() - begin;
    }

    /** What was due from one moment to another and has been answered, in order. Complete once it is closed. */
    List<Statement> between(long from, long to) {
        synchronized (statements) {
            return statements.stream()
                    .filter(statement -> statement.due() >= from && statement.due() < to)
                    .sorted(Comparator.comparingLong(Statement::due))
                    .toList();
        }
    }

    private void send(Connection connection, int place, long rows) {
        SplittableRandom random = new SplittableRandom(place);
        try (PreparedStatement update = connection.prepareStatement("UPDATE tickets SET status = ? WHERE id = ?")) {
            for (long due = place * INTERVAL; !ended; due += CONNECTIONS * INTERVAL) {
                for (long wait = due - now(); wait > 0 && !ended; wait = due - now()) {
                    LockSupport.parkNanos(wait);
                }
                if (!ended) {
                    boolean failed = !sent(update, random.nextLong(rows) + 1);
                    statements.add(new Statement(due, now() - due, failed));
                }
            }
        } catch (SQLException e) {
            statements.add(new Statement(now(), 0, true));
        }
    }

    private static boolean sent(PreparedStatement update, long id) {
        try {
            update.setString(1, (id & 1) == 0 ? "open" : "closed");
            update.setLong(2, id);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Sends no more, and waits for what is under way. */
    @Override
    public void close() throws SQLException {
        ended = true;
        for (Thread thread : threads) {
            join(thread);
        }
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
