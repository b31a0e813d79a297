package dev.athanor.schema;

import dev.athanor.ledger.Fence;
import dev.athanor.ledger.LeaseListener;
import dev.athanor.ledger.LedgerFixture;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.Pause;
import dev.athanor.source.SchemaOptions;
import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** A process with a lease and one revision, and what its listener was told. */
final class SchemaFixture implements AutoCloseable, SchemaListener {
    static final String REVISION = "data'\"002";
    static final SchemaOptions TRANSACTION = new SchemaOptions(true, Duration.ofMillis(500), null, 2);
    static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);
    static final SchemaOptions NONE = new SchemaOptions(false, null, null, 0);

    /** For a server that ends statements soon, but none of ours. */
    static final long SERVER_TIMEOUT_MS = 1_500;
    /** Seconds that such a server does not grant. */
    static final double TOO_LONG_S = 1.8;

    final LedgerFixture process;
    final Fence fence;
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    Duration lockTimeout = LOCK_TIMEOUT;
    BlockerPolicy blockers = BlockerPolicy.NONE;
    Duration oldTransaction = Duration.ofMinutes(1);
    private final ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-watch");
        thread.setDaemon(true);
        return thread;
    });

    SchemaFixture(TestDatabase server) {
        this(server.url(), LedgerFixture.HOSTILE);
    }

    SchemaFixture(String url, String stateSchema) {
        this.process = new LedgerFixture(url, stateSchema);
        this.fence = process.leases().acquire(false, LeaseListener.NONE).fence();
        process.ledger().begin(fence, REVISION, "v1:x");
    }

    static SchemaStep step(SchemaOptions options, String... statements) {
        return step(0, options, statements);
    }

    static SchemaStep step(int ordinal, SchemaOptions options, String... statements) {
        return new SchemaStep(REVISION, ordinal, "expand[0]", "migrations/data002.sql:9", options, List.of(statements));
    }

    void run(SchemaStep step) {
        run(step, fence, duration -> told.add("paused"));
    }

    void run(SchemaStep step, Fence shown, Pause pause) {
        SchemaSettings settings = new SchemaSettings(
                lockTimeout,
                3,
                Duration.ofSeconds(20),
                oldTransaction,
                blockers,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), () -> 1),
                pause,
                watching);
        new SchemaExecutor(process.database().transactions(), process.ledger(), settings).run(step, shown, this);
    }

    /** Works with a process all of whose connections are limited by the database's statement_timeout. */
    static void limited(TestDatabase server, Consumer<SchemaFixture> work) {
        server.jdbc().execute("ALTER DATABASE " + server.name() + " SET statement_timeout = " + SERVER_TIMEOUT_MS);
        try (SchemaFixture limited = new SchemaFixture(server.url(), "limited")) {
            work.accept(limited);
        } finally {
            server.jdbc().execute("ALTER DATABASE " + server.name() + " RESET statement_timeout");
            server.jdbc().execute("DROP SCHEMA limited CASCADE");
        }
    }

    long statementTimeout() {
        return process.database()
                .transactions()
                .<Long>autocommit(session -> session.queryOne(
                                "SELECT setting::bigint AS t FROM pg_settings WHERE name = 'statement_timeout'",
                                row -> row.number("t"))
                        .orElseThrow());
    }

    @Override
    public void retrying(SchemaStep step, String cause, int failed, Duration delay) {
        told.add("retrying " + failed);
    }

    @Override
    public void statementDone(SchemaStep step, int statement) {
        told.add("done " + statement);
    }

    @Override
    public void waitingForIndex(SchemaStep step, QualifiedName index) {
        told.add("waiting for " + index);
    }

    @Override
    public void rebuildingIndex(SchemaStep step, QualifiedName index) {
        told.add("rebuilding " + index);
    }

    @Override
    public void blockerEnded(SchemaStep step, Blocker blocker, String how) {
        told.add(how + " " + blocker.role());
    }

    @Override
    public void blockerSpared(SchemaStep step, Blocker blocker, String why) {
        told.add("spared " + blocker.role() + ": " + why);
    }

    @Override
    public void indexDropped(SchemaStep step, QualifiedName index) {
        told.add("dropped " + index);
    }

    @Override
    public void close() {
        watching.shutdownNow();
        process.close();
    }
}
