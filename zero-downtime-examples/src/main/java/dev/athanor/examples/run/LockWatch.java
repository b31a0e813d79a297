package dev.athanor.examples.run;

import dev.athanor.examples.application.Check;
import dev.athanor.examples.application.Findings;
import dev.athanor.examples.application.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Looks every 25 ms, from a connection of its own, which sessions of the application wait for a lock, and for how long by the server's own
 * clock. It counts waiting for locks only, not slowness: a busy machine makes a statement slow, but only a lock makes it wait here. What is
 * told of a wait is how long it had lasted when it was last seen, so at most 25 ms too little.
 */
final class LockWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 25;

    /** From this on the blockers are asked for too, which costs the server more than the rest of the query. */
    private static final int NAMED_FROM_MILLIS = 100;

    private static final String SQL = "SELECT pid, begun, millis, left(query, 120) AS query,"
            + " CASE WHEN millis > " + NAMED_FROM_MILLIS + " THEN (SELECT string_agg(left(b.query, 120), ' | ')"
            + " FROM pg_stat_activity b WHERE b.pid = ANY (pg_blocking_pids(w.pid))) END AS blockers"
            + " FROM (SELECT a.pid, l.waitstart::text AS begun, a.query,"
            + " (extract(epoch FROM clock_timestamp() - l.waitstart) * 1000)::float8 AS millis"
            + " FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid AND NOT l.granted"
            + " WHERE a.wait_event_type = 'Lock' AND a.datname = current_database()"
            + " AND a.application_name LIKE ? AND l.waitstart IS NOT NULL OFFSET 0) w";

    private final DataSource database;
    private final Timeline timeline;
    private final Findings findings;
    private final Duration limit;
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor();
    private final Map<Stage, Double> worst = new EnumMap<>(Stage.class);
    private final Set<String> told = new HashSet<>();

    LockWatch(DataSource database, Timeline timeline, Findings findings, Duration limit) {
        this.database = database;
        this.timeline = timeline;
        this.findings = findings;
        this.limit = limit;
    }

    void start() {
        watcher.scheduleWithFixedDelay(this::lookSafely, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The longest wait in milliseconds; 0 when no statement was seen waiting. */
    synchronized double worst(Stage stage) {
        return worst.getOrDefault(stage, 0.0);
    }

    private void lookSafely() {
        try {
            look();
        } catch (SQLException | RuntimeException e) {
            findings.add(Check.LOCK_WAIT, "the lock waits cannot be read: " + e.getMessage());
        }
    }

    private void look() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, Instance.sessionPrefix() + "%");
            try (ResultSet waiting = statement.executeQuery()) {
                while (waiting.next()) {
                    add(waiting);
                }
            }
        }
    }

    private synchronized void add(ResultSet waiting) throws SQLException {
        double millis = waiting.getDouble("millis");
        worst.merge(timeline.at(System.nanoTime()), millis, Math::max);
        if (millis > limit.toMillis() && told.add(waiting.getInt("pid") + " " + waiting.getString("begun"))) {
            findings.add(
                    Check.LOCK_WAIT,
                    "a statement waited %.0f ms and longer for a lock: %s; blocked by: %s"
                            .formatted(millis, waiting.getString("query"), waiting.getString("blockers")));
        }
    }

    @Override
    public void close() {
        watcher.shutdown();
        try {
            if (!watcher.awaitTermination(1, TimeUnit.MINUTES)) {
                watcher.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
