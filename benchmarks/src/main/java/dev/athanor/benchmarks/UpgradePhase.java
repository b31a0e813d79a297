package dev.athanor.benchmarks;

import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.UpgradeRequest;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code upgrade heads --phase backfill} as a user runs it: lease, plan, Spring Batch job with its partitions, gate. */
final class UpgradePhase implements Contender, AutoCloseable {
    private static final String REVISION = """
            -- athanor:revision  benchmark

            -- athanor:backfill name=resolution-time table=tickets workers=%d
            UPDATE tickets %s WHERE ${chunk} AND %s;
            """;

    private final BenchmarkDatabase benchmark;
    private final Revisions revisions;
    private final Database database;

    UpgradePhase(BenchmarkDatabase benchmark, Path folder, int workers) {
        this.benchmark = benchmark;
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("benchmark.sql"),
                    REVISION.formatted(workers, TicketTable.ASSIGNMENT, TicketTable.UNFILLED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.revisions = RevisionFolder.read(List.of(folder));
        this.database = Database.open(
                ConnectionUrl.parse(benchmark.url(), Map.of()), MigrationRunner.connectionsFor(revisions));
    }

    @Override
    public String name() {
        return "upgrade";
    }

    @Override
    public void reset() {
        benchmark.execute("DROP SCHEMA IF EXISTS athanor CASCADE");
        upgrade(Phase.EXPAND);
    }

    @Override
    public void fill() {
        upgrade(Phase.BACKFILL);
    }

    private void upgrade(Phase phase) {
        MigrationRunner.of(database, revisions).build().upgrade(new UpgradeRequest("heads", phase));
    }

    @Override
    public void close() {
        database.close();
    }
}
