package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.server.BenchmarkDatabase;
import dev.athanor.benchmark.worker.Stopwatch;
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
 * statement was due, so that a stall shows in all that should have happened meanwhile: what was due before the end is sent and counted, however late.
 */
final class ConstantLoad implements AutoCloseable {
    /** Statements a second: what a busy desk does, and far from what the server could. */
    static final int RATE = 500;

    /** Nanoseconds from one statement to the next. */
    static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / RATE;

    private static final int CONNECTIONS = 8;

    private final Stopwatch watch = Stopwatch.start();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Statement> statements = Collections.synchronizedList(new ArrayList<>());
    private volatile long until = Long.MAX_VALUE;

    /**
     * A statement that was sent.
     *
     * @param due nanoseconds since the load began
     * @param latency nanoseconds from then to the answer
     * @param failed whether the answer was an error
     */
    record Statement(long due, long latency, boolean failed) {}

    /** A session of the application. */
    interface Sender extends AutoCloseable {
        /** Sends a statement and waits for its answer; whether it is the right one. */
        boolean send();

        @Override
        void close() throws SQLException;
    }

    private ConstantLoad(List<? extends Sender> senders) {
        for (int i = 0; i < senders.size(); i++) {
            int place = i;
            Thread thread = new Thread(() -> send(senders.get(place), place, senders.size()), "load-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Starts it on {@code tickets}, of which the keys go from 1 to {@code rows}. */
    static ConstantLoad start(BenchmarkDatabase database, long rows) throws SQLException {
        List<UpdateByKey> senders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            senders.add(UpdateByKey.on(database.connect(), rows, i));
        }
        return start(senders);
    }

    /** Starts it with these sessions, which it closes. */
    static ConstantLoad start(List<? extends Sender> senders) {
        return new ConstantLoad(senders);
    }

    /** Nanoseconds since it began. */
    long now() {
        return watch.nanos();
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

    private void send(Sender sender, int place, int senders) {
        try (sender) {
            for (long due = place * INTERVAL; due < until; due += senders * INTERVAL) {
                for (long wait = due - now(); wait > 0 && due < until; wait = due - now()) {
                    LockSupport.parkNanos(wait);
                }
                if (due < until) {
                    boolean failed = !sender.send();
                    statements.add(new Statement(due, now() - due, failed));
                }
            }
        } catch (SQLException e) {
            statements.add(new Statement(now(), 0, true));
        }
    }

    /** Nothing is due from now on; waits until all that was due before has been answered. */
    @Override
    public void close() {
        until = now();
        threads.forEach(ConstantLoad::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record UpdateByKey(Connection connection, PreparedStatement update, long rows, SplittableRandom random)
            implements Sender {
        static UpdateByKey on(Connection connection, long rows, int seed) throws SQLException {
            return new UpdateByKey(
                    connection,
                    connection.prepareStatement("UPDATE tickets SET status = ? WHERE id = ?"),
                    rows,
                    new SplittableRandom(seed));
        }

        @Override
        public boolean send() {
            long id = random.nextLong(rows) + 1;
            try {
                update.setString(1, (id & 1) == 0 ? "open" : "closed");
                update.setLong(2, id);
                return update.executeUpdate() == 1;
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
