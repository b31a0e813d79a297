package dev.athanor.benchmarks;

import dev.athanor.backfill.BackfillEngine;
import dev.athanor.backfill.EngineSettings;
import dev.athanor.backfill.StopSignal;
import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.Fence;
import dev.athanor.plan.ChunkTemplate;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.source.BackfillOptions;
import dev.athanor.sql.QualifiedName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import reactor.core.scheduler.Schedulers;

/**
 * The engine with everything on: ranges, adaptive chunks, fencing, cursor and chunk record in each chunk's transaction.
 * Splitting the table into ranges is part of what is measured.
 */
final class EngineBackfill implements Contender, AutoCloseable {
    private static final String REVISION = "benchmark";
    private static final BackfillStep STEP = new BackfillStep(
            REVISION,
            0,
            "resolution-time",
            "benchmark:1",
            QualifiedName.parse("tickets"),
            List.of("id"),
            BackfillOptions.NONE,
            new ChunkTemplate(
                    "UPDATE tickets" + TicketTable.ASSIGNMENT + "WHERE ", null, " AND " + TicketTable.UNFILLED));

    private final BenchmarkDatabase benchmark;
    private final Database database;
    private final BackfillEngine engine;

    EngineBackfill(BenchmarkDatabase benchmark, int workers) {
        this.benchmark = benchmark;
        this.database = Database.open(
                ConnectionUrl.parse(benchmark.url(), Map.of()),
                PoolSettings.DEFAULTS.withReactiveConnections(workers + 2));
        this.engine = new BackfillEngine(
                database.reactive(),
                new BackfillLedger("athanor"),
                EngineSettings.DEFAULTS.withWorkers(workers),
                Clock.systemUTC(),
                Schedulers.parallel());
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public void reset() {
        benchmark.execute("DROP SCHEMA IF EXISTS athanor CASCADE; CREATE SCHEMA athanor");
        benchmark.execute(ledgerScript());
        benchmark.execute(
                "INSERT INTO athanor.revision (id, checksum, actor) VALUES ('benchmark', 'none', 'benchmark')");
    }

    @Override
    public void fill() {
        Fence fence = new Fence(1);
        engine.prepare(STEP, fence)
                .flatMapMany(prepared -> engine.run(prepared, fence, new StopSignal()))
                .blockLast();
    }

    @Override
    public void close() {
        database.close();
    }

    private static String ledgerScript() {
        try (InputStream script = Database.class.getResourceAsStream("/dev/athanor/ledger/001.sql")) {
            if (script == null) {
                throw new IllegalStateException("the ledger's script is missing on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8).replace("${schema}", "athanor");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
