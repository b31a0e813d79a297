package dev.athanor.jobs.supportdesk;

import dev.athanor.backfill.BackfillEngine;
import dev.athanor.backfill.BackfillEvent.ChunkCommitted;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.scheduler.Schedulers;

/** The backfill engine by itself, with the tables that it keeps its cursors in. */
final class Engine implements AutoCloseable {
    private final Database database;

    Engine(String url) {
        database = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS);
        database.transactions().autocommit(session -> {
            session.executeVerbatim("DROP SCHEMA IF EXISTS athanor CASCADE; CREATE SCHEMA athanor");
            session.executeVerbatim(ledgerScript());
            return session.execute("INSERT INTO athanor.revision (id, checksum, actor) VALUES ('r', 'none', 'test')");
        });
    }

    /** Runs a statement over the whole table in chunks of fixed size; rows changed. */
    long run(String table, String beforeChunk, String afterChunk, int chunkSize) {
        BackfillStep step = new BackfillStep(
                "r",
                0,
                "fill",
                "test:1",
                QualifiedName.parse(table),
                List.of("id"),
                new BackfillOptions(chunkSize, null, null, null, null, null, null, null),
                new ChunkTemplate(beforeChunk, null, afterChunk));
        Fence fence = new Fence(1);
        BackfillEngine engine = new BackfillEngine(
                database.reactive(),
                new BackfillLedger("athanor"),
                EngineSettings.DEFAULTS,
                Clock.systemUTC(),
                Schedulers.parallel());
        return Objects.requireNonNull(engine.prepare(step, fence)
                .flatMapMany(prepared -> engine.run(prepared, fence, new StopSignal()))
                .ofType(ChunkCommitted.class)
                .reduce(0L, (sum, chunk) -> sum + chunk.rowsChanged())
                .block(Duration.ofMinutes(1)));
    }

    @Override
    public void close() {
        database.close();
    }

    private static String ledgerScript() {
        try (InputStream script = Database.class.getResourceAsStream("/dev/athanor/ledger/001.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${schema}", "athanor");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
