package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.backfill.BackfillEvent;
import dev.athanor.postgres.Database;
import dev.athanor.telemetry.AthanorMeters;
import dev.athanor.telemetry.AthanorObservations;
import dev.athanor.telemetry.Meters;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What meters and observations say of a real run is what the ledger says. */
@AthanorPostgres
class TelemetryTest {
    /** One row in ten needs nothing, and one does not fit. */
    private static final String DIVIDE = """
            -- athanor:revision  divide
            -- athanor:revises   tickets

            -- athanor:expand
            ALTER TABLE tickets ADD COLUMN n int NOT NULL DEFAULT 0;

            -- athanor:backfill name=fill table=tickets chunk-size=200 skip-limit=1
            UPDATE tickets SET n = n + 1 / (id - 4321) + 1 WHERE ${chunk} AND id % 10 <> 0;
            """;

    private final Jdbc sql;
    private final TestDatabase server;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Migrations migrations;

    TelemetryTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets, other");
        migrations = new Migrations(folder, server).with("1", Migrations.TICKETS);
    }

    private double count(Meters meter) {
        return registry.get(meter.meter()).tag("backfill", "fill").counter().count();
    }

    private double gauge(Meters meter) {
        return registry.get(meter.meter()).gauge().value();
    }

    @Test
    void the_meters_and_the_ledger_agree() {
        migrations.with("2", DIVIDE);
        AtomicLong chunks = new AtomicLong();
        List<Double> left = new ArrayList<>();
        List<Double> ages = new ArrayList<>();
        RunListener beside = new RunListener() {
            private long walked;

            @Override
            public void backfillEvent(BackfillView backfill, BackfillEvent event) {
                if (event instanceof BackfillEvent.ChunkCommitted chunk) {
                    walked += chunk.rowsWalked();
                    chunks.incrementAndGet();
                    left.add(gauge(Meters.REMAINING) - Math.max(0, gauge(Meters.ESTIMATED) - walked));
                    // the younger one first: both go on while they are read
                    double heartbeat = gauge(Meters.HEARTBEAT_AGE);
                    ages.add(gauge(Meters.LEASE_AGE) - heartbeat);
                }
            }
        };
        try (Database database = migrations.open()) {
            migrations
                    .runner(
                            database,
                            builder -> builder.listener(AthanorMeters.listener(registry))
                                    .listener(beside))
                    .upgrade(new UpgradeRequest("heads", null));
        }
        assertThat(count(Meters.SCANNED)).isEqualTo(ledger("sum(rows_walked)")).isEqualTo(10_000);
        assertThat(count(Meters.CHANGED)).isEqualTo(ledger("sum(rows_changed)")).isEqualTo(8_999);
        assertThat(count(Meters.QUARANTINED))
                .isEqualTo(ledger("sum(rows_quarantined)"))
                .isEqualTo(1);
        assertThat(count(Meters.SKIPPED)).isEqualTo(1000);
        assertThat(registry.get(Meters.CHUNK.meter()).timer().count()).isEqualTo(chunks.get() - 1);
        assertThat(left).hasSize(chunks.intValue()).containsOnly(0.0);
        assertThat(ages).allSatisfy(age -> assertThat(age).isNotNegative());
        assertThat(registry.get(Meters.PHASE.meter()).tag("outcome", "done").timers())
                .hasSize(6);
        // what is left is made of the histograms of timers by this registry
        assertThat(registry.getMeters())
                .filteredOn(meter -> meter.getId().getType() == Meter.Type.GAUGE)
                .allSatisfy(meter -> assertThat(meter.getId().getName()).endsWith(".histogram"));
    }

    private double ledger(String what) {
        return sql.number("SELECT " + what + " FROM athanor.backfill_range");
    }

    @Test
    void the_lease_is_heard_to_be_renewed() {
        migrations.with("2", DIVIDE.replace("skip-limit=1", "skip-limit=1 max-rows-per-second=5000"));
        AtomicLong renewed = new AtomicLong();
        RunListener hears = new RunListener() {
            @Override
            public void leaseRenewed() {
                renewed.incrementAndGet();
                throw new IllegalStateException("a listener's fault is no end of heartbeats");
            }
        };
        try (Database database = migrations.open()) {
            migrations
                    .runner(database, builder -> builder.listener(hears).lease(java.time.Duration.ofSeconds(1)))
                    .upgrade(new UpgradeRequest("heads", null));
        }
        assertThat(renewed).hasValueGreaterThan(1);
    }

    @Test
    void observations_lie_within_one_another() {
        migrations.with("2", DIVIDE);
        List<String> seen = upgradeObserved();
        assertThat(seen)
                .contains(
                        "athanor.run in null, done",
                        "athanor.phase in athanor.run, done",
                        "spring.batch.job.launch.count in athanor.phase, null",
                        "spring.batch.job in spring.batch.job.launch.count, null",
                        "spring.batch.step in spring.batch.job, null",
                        "athanor.section in spring.batch.step, done",
                        "athanor.backfill in spring.batch.step, done");
    }

    @Test
    void observations_end_with_the_error() {
        migrations.with(
                "2", "-- athanor:revision broken\n-- athanor:revises tickets\n\n-- athanor:expand\nSELECT 1 / 0;\n");
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> upgradeObserved(seen)).isInstanceOf(AthanorException.class);
        assertThat(seen)
                .contains(
                        "athanor.section in spring.batch.step, failed",
                        "athanor.phase in athanor.run, failed",
                        "athanor.run in null, failed");
    }

    private List<String> upgradeObserved() {
        List<String> seen = new ArrayList<>();
        upgradeObserved(seen);
        return seen;
    }

    private void upgradeObserved(List<String> seen) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new Ends(seen));
        try (Database database = migrations.open()) {
            migrations
                    .runner(database, builder -> AthanorObservations.on(builder, observations))
                    .upgrade(new UpgradeRequest("heads", null));
        }
        assertThat(observations.getCurrentObservation()).isNull();
    }

    private record Ends(List<String> seen) implements ObservationHandler<Observation.Context> {
        @Override
        public void onStop(Observation.Context context) {
            ObservationView parent = context.getParentObservation();
            var outcome = context.getLowCardinalityKeyValue("outcome");
            synchronized (seen) {
                seen.add(context.getName() + " in "
                        + (parent == null ? null : parent.getContextView().getName()) + ", "
                        + (outcome == null ? null : outcome.getValue()));
            }
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
