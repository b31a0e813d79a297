package dev.athanor.telemetry;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.run.RunListener.BackfillView;
import dev.athanor.throttle.BudgetState;
import dev.athanor.throttle.Reading;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The gauges of one backfill while it runs. Those of signals and reasons come when they are first met. */
final class BackfillGauges {
    /** The signal that has a meter of its own. */
    private static final String REPLICA_LAG = "replica lag";

    private final MeterShelf shelf;
    private final Tags tags;
    private final List<Gauge> gauges = new ArrayList<>();
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private final Map<String, Boolean> reasons = new ConcurrentHashMap<>();
    private final AtomicLong remaining;
    private volatile double rate;
    private volatile boolean paused;
    private volatile BudgetState budget;
    private boolean removed;

    BackfillGauges(MeterShelf shelf, Tags tags, BackfillView backfill) {
        this.shelf = shelf;
        this.tags = tags;
        this.remaining = new AtomicLong(backfill.rowsEstimated() - backfill.rowsWalkedBefore());
        this.budget = new BudgetState(backfill.workers(), backfill.workers(), 0, 0, "", List.of());
        add(Meters.ESTIMATED, tags, backfill::rowsEstimated);
        add(Meters.REMAINING, tags, () -> Math.max(0, remaining.get()));
        add(Meters.RATE, tags, () -> rate);
        add(Meters.CHUNK_SIZE, tags, () -> budget.chunkRows());
        add(Meters.WORKERS_ALLOWED, tags, () -> budget.workers());
        add(Meters.WORKERS_WANTED, tags, () -> budget.workersWanted());
        add(Meters.UTILISATION, tags, () -> budget.utilisation());
        add(Meters.PAUSED, tags, () -> paused ? 1 : 0);
    }

    void walked(long rows) {
        remaining.addAndGet(-rows);
    }

    void paused(boolean now) {
        paused = now;
    }

    void beat(BackfillEvent.Beat beat) {
        rate = beat.rowsPerSecond();
        paused = beat.paused();
        budget(beat.state());
    }

    synchronized void budget(BudgetState state) {
        if (removed) {
            return;
        }
        budget = state;
        state.readings().forEach(this::reading);
        reasons.replaceAll((reason, held) -> false);
        if (state.throttled()) {
            String reason = ThrottleReason.of(state);
            if (reasons.put(reason, true) == null) {
                add(
                        Meters.THROTTLED,
                        tags.and("reason", reason),
                        () -> Boolean.TRUE.equals(reasons.get(reason)) ? 1 : 0);
            }
        }
    }

    private void reading(Reading reading) {
        String signal = reading.signal();
        if (readings.put(signal, reading) != null) {
            return;
        }
        Tags ofSignal = tags.and("signal", signal, "unit", reading.unit());
        add(Meters.SIGNAL_VALUE, ofSignal, () -> read(signal).value());
        add(Meters.SIGNAL_LIMIT, ofSignal, () -> read(signal).limit());
        if (ThrottleReason.plain(signal).equals(REPLICA_LAG)) {
            add(Meters.REPLICA_LAG, tags, () -> read(signal).value());
        }
    }

    private Reading read(String signal) {
        Reading reading = readings.get(signal);
        return reading == null ? new Reading(signal, Double.NaN, "", Double.NaN, 0, "") : reading;
    }

    private void add(Meters meter, Tags all, Supplier<Number> value) {
        gauges.add(shelf.gauge(meter, all, value));
    }

    synchronized void remove() {
        removed = true;
        gauges.forEach(shelf::remove);
        gauges.clear();
    }
}
