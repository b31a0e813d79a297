package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.Fence;
import dev.athanor.plan.ChunkTemplate;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.source.BackfillOptions;
import dev.athanor.sql.QualifiedName;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Schedulers;

/** A database with the state schema, and an engine on it. */
final class EngineFixture implements AutoCloseable {
    static final EngineSettings SETTINGS = EngineSettings.DEFAULTS.withPatience(Duration.ofSeconds(60));

    final String url;
    final Database database;
    final BackfillLedger ledger = new BackfillLedger("athanor");
    final BackfillEngine engine;
    private static final AtomicInteger REVISIONS = new AtomicInteger();

    EngineFixture(String url) {
        this(url, SETTINGS);
    }

    EngineFixture(String url, EngineSettings settings) {
        this(Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS), url, settings);
        StateSchemaFixture.prepare(database);
    }

    private EngineFixture(Database database, String url, EngineSettings settings) {
        this.url = url;
        this.database = database;
        engine = new BackfillEngine(database.reactive(), "athanor", settings, Clock.systemUTC(), Schedulers.parallel());
    }

    /** The same as another role, which finds the state schema as it is. */
    EngineFixture at(String roleUrl) {
        return new EngineFixture(
                Database.open(ConnectionUrl.parse(roleUrl, Map.of()), PoolSettings.DEFAULTS), roleUrl, SETTINGS);
    }

    /** A step of a revision of its own, which the ledger knows. */
    BackfillStep step(String table, String sql, BackfillOptions options, String... key) {
        String revision = "r" + REVISIONS.incrementAndGet();
        database.transactions()
                .autocommit(session -> session.execute(
                        "INSERT INTO athanor.revision (id, checksum, actor) VALUES (?, 'v1:test', 'test')"
                                + " ON CONFLICT DO NOTHING",
                        revision));
        String[] around = sql.split("\\$\\{chunk(:t)?}", -1);
        return new BackfillStep(
                revision,
                0,
                "fill",
                "test.sql:1",
                QualifiedName.parse(table),
                List.of(key),
                options,
                new ChunkTemplate(around[0], sql.contains("${chunk:t}") ? "t" : null, around[1]));
    }

    BackfillStep step(String table, String sql, String... key) {
        return step(table, sql, options(500), key);
    }

    static BackfillOptions options(int chunkSize) {
        return BackfillOptions.builder().chunkSize(chunkSize).build();
    }

    static BackfillOptions where(String condition) {
        return BackfillOptions.builder().chunkSize(500).where(condition).build();
    }

    List<BackfillEvent> run(BackfillStep step) {
        return run(step, new Fence(1), new StopSignal());
    }

    List<BackfillEvent> run(BackfillStep step, Fence fence, StopSignal stop) {
        List<BackfillEvent> events = engine.prepare(step, fence)
                .flatMapMany(prepared -> engine.run(prepared, fence, stop))
                .collectList()
                .block(Duration.ofMinutes(2));
        return events == null ? new ArrayList<>() : events;
    }

    void sql(String... statements) {
        Arrays.stream(statements)
                .forEach(statement -> database.transactions().autocommit(s -> s.executeVerbatim(statement)));
    }

    long number(String query) {
        return database.transactions()
                .autocommit(session -> session.queryOne(query, row -> row.number("n")))
                .orElseThrow();
    }

    String text(String query) {
        return String.valueOf(database.transactions()
                .autocommit(session -> session.queryOne(query, row -> String.valueOf(row.text("t"))))
                .orElseThrow());
    }

    static long walked(List<BackfillEvent> events) {
        return events.stream()
                .filter(BackfillEvent.ChunkCommitted.class::isInstance)
                .mapToLong(event -> ((BackfillEvent.ChunkCommitted) event).rowsWalked())
                .sum();
    }

    static long changed(List<BackfillEvent> events) {
        return events.stream()
                .filter(BackfillEvent.ChunkCommitted.class::isInstance)
                .mapToLong(event -> ((BackfillEvent.ChunkCommitted) event).rowsChanged())
                .sum();
    }

    @Override
    public void close() {
        database.close();
    }
}
