package dev.athanor.telemetry;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.revision.Phase;
import dev.athanor.run.RunEnd;
import dev.athanor.run.RunListener;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One runner's calls, each to the meters that it concerns. */
final class MeterListener implements RunListener {
    private final MeterShelf shelf;
    private final Map<String, Long> phasesSince = new ConcurrentHashMap<>();
    private final Map<Long, BackfillMeters> backfills = new ConcurrentHashMap<>();
    private final LeaseMeters lease;

    MeterListener(MeterShelf shelf) {
        this.shelf = shelf;
        this.lease = new LeaseMeters(shelf);
    }

    @Override
    public void leaseTaken() {
        lease.taken();
    }

    @Override
    public void leaseRenewed() {
        lease.renewed();
    }

    @Override
    public void runEnded(String command, RunEnd end) {
        lease.ended();
        backfills.values().forEach(BackfillMeters::end);
        backfills.clear();
        phasesSince.clear();
    }

    @Override
    public void phaseStarted(String revision, Phase phase) {
        phasesSince.put(revision, shelf.now());
    }

    @Override
    public void undoStarted(String revision, Phase phase) {
        phasesSince.put(revision, shelf.now());
    }

    @Override
    public void phaseEnded(String revision, Phase phase, RunEnd end) {
        phaseOver(revision, phase, "up", end);
    }

    @Override
    public void undoEnded(String revision, Phase phase, RunEnd end) {
        phaseOver(revision, phase, "down", end);
    }

    private void phaseOver(String revision, Phase phase, String direction, RunEnd end) {
        Long since = phasesSince.remove(revision);
        if (since != null) {
            Tags tags =
                    Tags.of("revision", revision, "phase", phase.key(), "direction", direction, "outcome", end.key());
            shelf.timer(Meters.PHASE, tags).record(shelf.now() - since, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void sectionRetried(String revision, String section, String cause, Duration delay) {
        shelf.counter(Meters.SECTION_RETRIES, Tags.of("revision", revision, "section", section))
                .increment();
    }

    @Override
    public void backfillStarted(BackfillView backfill) {
        BackfillMeters before = backfills.put(backfill.id(), new BackfillMeters(shelf, backfill));
        if (before != null) {
            before.end();
        }
    }

    @Override
    public void backfillEvent(BackfillView backfill, BackfillEvent event) {
        BackfillMeters meters = backfills.get(backfill.id());
        if (meters != null) {
            meters.on(event);
        }
    }

    @Override
    public void backfillFinished(BackfillView backfill) {
        end(backfill);
    }

    @Override
    public void backfillStopped(BackfillView backfill) {
        end(backfill);
    }

    @Override
    public void backfillFailed(BackfillView backfill, Throwable error) {
        end(backfill);
    }

    private void end(BackfillView backfill) {
        BackfillMeters meters = backfills.remove(backfill.id());
        if (meters != null) {
            meters.end();
        }
    }
}
