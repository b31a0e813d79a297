package dev.athanor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.revision.Phase;
import dev.athanor.run.RunEnd;
import dev.athanor.run.RunListener;
import dev.athanor.run.RunListener.BackfillView;
import dev.athanor.throttle.BudgetState;
import dev.athanor.throttle.Reading;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeterListenerTest {
    private static final BackfillView FILL = new BackfillView(7, "r1", "fill", "\"t\"", 1000, 100, 2, "");

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final RunListener listener = AthanorMeters.listener(registry);

    private void hear(BackfillEvent... events) {
        List.of(events).forEach(event -> listener.backfillEvent(FILL, event));
    }

    private static BackfillEvent chunk(int range, String cursor, long walked, long changed) {
        return new BackfillEvent.ChunkCommitted(7, range, List.of(cursor), walked, changed, Duration.ofMillis(20));
    }

    private double gauge(Meters meter, String... tags) {
        return registry.get(meter.meter()).tags(tags).gauge().value();
    }

    private double count(Meters meter, String... tags) {
        return registry.get(meter.meter()).tags(tags).counter().count();
    }

    /** Without the gauges that this registry makes of the histograms of timers. */
    private List<Meter> own() {
        return registry.getMeters().stream()
                .filter(meter -> !meter.getId().getName().endsWith(".histogram"))
                .toList();
    }

    private List<Meter> gauges() {
        return own().stream()
                .filter(meter -> meter.getId().getType() == Meter.Type.GAUGE)
                .toList();
    }

    private static BudgetState held(String reason, double lag) {
        return new BudgetState(
                0,
                2,
                300,
                1.5,
                reason,
                List.of(
                        new Reading("replica lag", lag, "s", 5, 1.5, "replica lag " + lag + "s"),
                        new Reading("replica lag bytes", 10, "bytes", 100, 0.1, "")));
    }

    @Test
    void rows_are_counted_and_a_row_set_aside_is_no_skipped_one() {
        listener.backfillStarted(FILL);
        hear(
                chunk(0, "100", 100, 90),
                new BackfillEvent.ChunkShrunk(7, 0, "22012", "", 50),
                new BackfillEvent.RowQuarantined(7, 0, List.of("101"), "22012", ""),
                chunk(0, "101", 1, 0),
                new BackfillEvent.RowReleased(7, 0, List.of("9"), 1),
                new BackfillEvent.RangeFailed(7, 1, ""));
        assertThat(count(Meters.SCANNED)).isEqualTo(101);
        assertThat(count(Meters.CHANGED)).isEqualTo(91);
        assertThat(count(Meters.SKIPPED)).isEqualTo(10);
        assertThat(count(Meters.QUARANTINED)).isEqualTo(1);
        assertThat(count(Meters.RELEASED)).isEqualTo(1);
        assertThat(count(Meters.FAILED_RANGES)).isEqualTo(1);
        assertThat(count(Meters.CHUNKS_SHRUNK, "sqlstate", "22012")).isEqualTo(1);
        assertThat(gauge(Meters.REMAINING, "revision", "r1", "backfill", "fill", "table", "\"t\""))
                .isEqualTo(1000 - 100 - 101);
        assertThat(registry.get(Meters.CHUNK.meter()).timer().count()).isEqualTo(1);
    }

    @Test
    void retries_go_by_sqlstate_and_lock_waits_are_among_them() {
        listener.backfillStarted(FILL);
        for (String state : List.of("55P03", "40001", "55P03", "", "no state at all")) {
            hear(new BackfillEvent.ChunkRetried(7, 0, state, "cause", 1, Duration.ZERO));
        }
        assertThat(count(Meters.CHUNK_RETRIES, "sqlstate", "55P03")).isEqualTo(2);
        assertThat(count(Meters.CHUNK_RETRIES, "sqlstate", "40001")).isEqualTo(1);
        assertThat(count(Meters.CHUNK_RETRIES, "sqlstate", "none")).isEqualTo(2);
        assertThat(count(Meters.LOCK_WAITS)).isEqualTo(2);
    }

    @Test
    void reasons_are_names_of_signals_and_only_the_present_one_is_set() {
        listener.backfillStarted(FILL);
        hear(new BackfillEvent.Beat(7, 1234, false, held("replica lag 6.0s (limit 5s)", 6)));
        assertThat(gauge(Meters.THROTTLED, "reason", "replica lag")).isEqualTo(1);
        assertThat(gauge(Meters.RATE)).isEqualTo(1234);
        assertThat(gauge(Meters.REPLICA_LAG)).isEqualTo(6);
        assertThat(gauge(Meters.SIGNAL_VALUE, "signal", "replica lag bytes", "unit", "bytes"))
                .isEqualTo(10);
        assertThat(gauge(Meters.SIGNAL_LIMIT, "signal", "replica lag")).isEqualTo(5);
        assertThat(gauge(Meters.WORKERS_ALLOWED)).isZero();
        assertThat(gauge(Meters.CHUNK_SIZE)).isEqualTo(300);

        hear(new BackfillEvent.BudgetChanged(7, held("growing again after replica lag bytes 10 (limit 100)", 2)));
        assertThat(gauge(Meters.THROTTLED, "reason", "replica lag")).isZero();
        assertThat(gauge(Meters.THROTTLED, "reason", "replica lag bytes")).isEqualTo(1);
        assertThat(gauge(Meters.REPLICA_LAG)).isEqualTo(2);

        hear(
                new BackfillEvent.BudgetChanged(7, held("max-rows-per-second 1,000", 2)),
                new BackfillEvent.BudgetChanged(7, held("outside window 22:00-06:00", 2)),
                new BackfillEvent.Beat(7, 0, true, held("something new, 17% of it", 2)));
        assertThat(registry.get(Meters.THROTTLED.meter()).gauges().stream()
                        .map(gauge -> gauge.getId().getTag("reason") + " " + (int) gauge.value()))
                .containsExactlyInAnyOrder(
                        "replica lag 0", "replica lag bytes 0", "max-rows-per-second 0", "window 0", "other 1");
        assertThat(gauge(Meters.PAUSED)).isEqualTo(1);
    }

    @Test
    void gauges_go_when_a_backfill_ends_and_counters_stay() {
        listener.backfillStarted(FILL);
        hear(new BackfillEvent.Beat(7, 1, false, held("replica lag 6s", 6)), chunk(0, "5", 5, 5));
        listener.backfillFailed(FILL, new IllegalStateException());
        assertThat(gauges()).isEmpty();
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getType())
                .contains(Meter.Type.COUNTER, Meter.Type.TIMER);
        hear(new BackfillEvent.Beat(7, 1, false, held("replica lag 6s", 6)));
        listener.backfillStarted(FILL);
        hear(chunk(0, "9", 5, 5));
        assertThat(count(Meters.SCANNED)).isEqualTo(10);
        assertThat(gauge(Meters.REMAINING)).isEqualTo(895);
    }

    @Test
    void the_lease_ages_until_its_heartbeat_and_goes_with_the_run() {
        listener.leaseTaken();
        clock.add(Duration.ofSeconds(6));
        assertThat(gauge(Meters.HEARTBEAT_AGE)).isEqualTo(6);
        listener.leaseRenewed();
        clock.add(Duration.ofSeconds(1));
        assertThat(gauge(Meters.HEARTBEAT_AGE)).isEqualTo(1);
        assertThat(gauge(Meters.LEASE_AGE)).isEqualTo(7);
        listener.backfillStarted(FILL);
        listener.runEnded("upgrade", RunEnd.STOPPED);
        assertThat(gauges()).isEmpty();
    }

    @Test
    void phases_are_timed_with_their_outcome() {
        listener.phaseStarted("r1", Phase.EXPAND);
        clock.add(Duration.ofSeconds(3));
        listener.sectionRetried("r1", "expand 1", "blocked by me", Duration.ofSeconds(1));
        listener.phaseEnded("r1", Phase.EXPAND, RunEnd.failed(new IllegalStateException()));
        assertThat(registry.get(Meters.PHASE.meter())
                        .tags("revision", "r1", "phase", "expand", "direction", "up", "outcome", "failed")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
        assertThat(count(Meters.SECTION_RETRIES, "revision", "r1", "section", "expand 1"))
                .isEqualTo(1);
    }

    @Test
    void runs_on_several_databases_are_told_apart_by_a_tag() {
        SimpleMeterRegistry shared = new SimpleMeterRegistry();
        for (String name : List.of("berlin", "lisbon")) {
            RunListener one = AthanorMeters.listener(shared, Tags.of("database", name));
            one.backfillStarted(FILL);
            one.backfillEvent(FILL, chunk(0, "5", name.length(), 5));
            one.leaseTaken();
            if (name.equals("berlin")) {
                one.runEnded("upgrade", RunEnd.DONE);
            }
        }
        assertThat(shared.get(Meters.SCANNED.meter())
                        .tag("database", "lisbon")
                        .counter()
                        .count())
                .isEqualTo(6);
        assertThat(shared.get(Meters.LEASE_AGE.meter()).gauges()).singleElement();
    }

    @Test
    void the_enum_tells_what_is_there() {
        listener.leaseTaken();
        listener.backfillStarted(FILL);
        hear(
                new BackfillEvent.Beat(7, 1, false, held("replica lag 6s", 6)),
                new BackfillEvent.ChunkRetried(7, 0, "55P03", "", 1, Duration.ZERO),
                new BackfillEvent.ChunkShrunk(7, 0, "57014", "", 1),
                new BackfillEvent.Vacuumed(7, 5, Duration.ofSeconds(1)));
        phases_are_timed_with_their_outcome();
        assertThat(Meters.values()).allSatisfy(meter -> {
            Meter.Id id = registry.get(meter.meter()).meters().iterator().next().getId();
            assertThat(id.getType().name()).isEqualTo(meter.type().name());
            assertThat(id.getTags()).extracting(tag -> tag.getKey()).containsExactlyInAnyOrderElementsOf(meter.tags());
            assertThat(id.getDescription()).isEqualTo(meter.tells());
        });
        List<String> names = Stream.of(Meters.values()).map(Meters::meter).toList();
        assertThat(own())
                .allSatisfy(meter -> assertThat(names).contains(meter.getId().getName()));
    }
}
