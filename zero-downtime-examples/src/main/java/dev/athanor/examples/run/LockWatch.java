package dev.athanor.examples.run;

import dev.athanor.examples.application.Check;
import dev.athanor.examples.application.Findings;
import dev.athanor.examples.application.Instance;
import dev.athanor.examples.run.LockWaits.Seen;
import dev.athanor.examples.run.LockWaits.Total;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Looks 25 ms after its last look, from a connection of its own, which sessions of the application wait for a lock, and for how long by the
 * server's own clock. It counts waiting for locks only, not slowness: a busy machine makes a statement slow, but only a lock makes it wait
 * here.
 */
final class LockWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 25;

    /** From this on the blockers are asked for too, which costs the server more than the rest of the query. */
    private static final int NAMED_FROM_MILLIS = 100;

    private static final String SQL = "SELECT pid, statement, begun, millis, left(query, 120) AS query,"
            + " CASE WHEN millis > " + NAMED_FROM_MILLIS + " THEN (SELECT string_agg(left(b.query, 120), ' | ')"
            + " FROM pg_stat_activity b WHERE b.pid = ANY (pg_blocking_pids(w.pid))) END AS blockers"
            + " FROM (SELECT a.pid, a.pid || ' ' || a.query_start AS statement, l.waitstart::text AS begun, a.query,"
            + " (extract(epoch FROM clock_timestamp() - l.waitstart) * 1000)::float8 AS millis"
            + " FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid AND NOT l.granted"
            + " WHERE a.wait_event_type = 'Lock' AND a.datname = current_database()"
            + " AND a.application_name LIKE ? AND l.waitstart IS NOT NULL OFFSET 0) w";

    private final DataSource database;
    private final Timeline timeline;
    private final Findings findings;
    private final Duration limit;
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor();
    private final LockWaits waits = new LockWaits();
    private final Map<Stage, Double> atLeast = new EnumMap<>(Stage.class);
    private final Map<Stage, Double> atMost = new EnumMap<>(Stage.class);
    private final Set<String> told = new HashSet<>();
    private long lastLook;

    LockWatch(DataSource database, Timeline timeline, Findings findings, Duration limit) {
        this.database = database;
        this.timeline = timeline;
        this.findings = findings;
        this.limit = limit;
    }

    void start() {
        lastLook = System.nanoTime();
        watcher.scheduleWithFixedDelay(this::lookSafely, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The longest time in milliseconds that a statement was seen waiting; 0 when none was. */
    synchronized double atLeast(Stage stage) {
        return atLeast.getOrDefault(stage, 0.0);
    }

    /** What it may have waited, if it went on until shortly before the next look. */
    synchronized double atMost(Stage stage) {
        return atMost.getOrDefault(stage, 0.0);
    }

    /** The longest time in milliseconds in which nobody looked. */
    synchronized double longestGap() {
        return waits.longestGap();
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
            List<Seen> seen = new ArrayList<>();
            Map<String, String> words = new HashMap<>();
            try (ResultSet waiting = statement.executeQuery()) {
                while (waiting.next()) {
                    String key = waiting.getString("statement");
                    seen.add(new Seen(key, waiting.getString("begun"), waiting.getDouble("millis")));
                    words.put(key, waiting.getString("query") + "; blocked by: " + waiting.getString("blockers"));
                }
            }
            add(seen, words);
        }
    }

    private synchronized void add(List<Seen> seen, Map<String, String> words) {
        long now = System.nanoTime();
        Stage stage = timeline.at(now);
        for (Total total : waits.look((now - lastLook) / 1e6, seen)) {
            atLeast.merge(stage, total.atLeast(), Math::max);
            atMost.merge(stage, total.atMost(), Math::max);
            if (total.atLeast() > limit.toMillis() && told.add(total.statement())) {
                findings.add(
                        Check.LOCK_WAIT,
                        "a statement waited %.0f ms and longer for locks: %s"
                                .formatted(total.atLeast(), words.getOrDefault(total.statement(), "it is over now")));
            }
        }
        lastLook = now;
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
