package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.ledger.Fence;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A backfill that begins to read the whole table again and again, because an index is gone, ends and can be resumed. */
@AthanorPostgres
class RunningScanTest {
    private static final String COUNT =
            "UPDATE %s t SET n = n + (SELECT count(*) FROM %s x WHERE x.other = t.other)" + " WHERE ${chunk:t}";

    private final String url;

    RunningScanTest(TestDatabase database) {
        this.url = database.url();
    }

    private void endsAndGoesOn(String table, int chunk, int afterChunks) {
        AtomicInteger chunks = new AtomicInteger();
        try (EngineFixture fixture = new EngineFixture(url)) {
            EngineSettings settings = EngineFixture.SETTINGS.withProbe((point, backfill, range) -> {
                if (point == ChunkPoint.COMMITTED && chunks.incrementAndGet() == afterChunks) {
                    fixture.sql("DROP INDEX \"by other\"");
                }
            });
            fixture.sql(
                    "DROP TABLE IF EXISTS " + table,
                    "DROP INDEX IF EXISTS \"by other\"",
                    "CREATE TABLE " + table + " (id bigint PRIMARY KEY, other int, n int NOT NULL DEFAULT 0)",
                    "INSERT INTO " + table + " SELECT i, i FROM generate_series(1, 60000) i",
                    "CREATE INDEX \"by other\" ON " + table + " (other)",
                    "ANALYZE " + table);
            BackfillOptions options =
                    BackfillOptions.builder().chunkSize(chunk).workers(1).build();
            BackfillStep step = fixture.step(table, COUNT.formatted(table, table), options);
            try (EngineFixture watched = new EngineFixture(url, settings)) {
                assertThatThrownBy(() -> watched.run(step, new Fence(1), new StopSignal()))
                        .isInstanceOfSatisfying(
                                AthanorException.class,
                                e -> assertThat(e.code()).isEqualTo("chunk_scans_table"))
                        .hasMessageContaining("test.sql:1");
            }
            assertThat(fixture.number("SELECT count(*) AS n FROM " + table + " WHERE n = 1"))
                    .isGreaterThanOrEqualTo((long) chunk * afterChunks)
                    .isLessThan(60_000);
            fixture.sql("CREATE INDEX \"by other\" ON " + table + " (other)");
            fixture.run(step, new Fence(2), new StopSignal());
            assertThat(fixture.number("SELECT count(*) AS n FROM " + table + " WHERE n = 1"))
                    .isEqualTo(60_000);
        }
    }

    @Test
    void chunks_that_have_become_slow() {
        endsAndGoesOn("\"tick\"\"ets; drop\"", 200, 30);
    }

    @Test
    void a_chunk_that_would_take_for_ever() {
        endsAndGoesOn("t", 6_000, 2);
    }
}
