package dev.athanor.telemetry;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.run.RunListener.BackfillView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The meters of one backfill. Called for one event at a time. */
final class BackfillMeters {
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    /** What is no SQLSTATE is no tag either. */
    private static final Pattern SQLSTATE = Pattern.compile("[0-9A-Z]{5}");

    private final MeterShelf shelf;
    private final Tags tags;
    private final BackfillGauges gauges;
    private final Timer chunks;
    private final Counter scanned;
    private final Counter changed;
    private final Counter skipped;
    private final Counter quarantined;
    private final Counter released;
    private final Counter lockWaits;
    private final Counter failedRanges;
    /** Key of the row that was just set aside, by range; its chunk follows and changes nothing. */
    private final Map<Integer, List<String>> setAside = new HashMap<>();

    BackfillMeters(MeterShelf shelf, BackfillView backfill) {
        this.shelf = shelf;
        this.tags = Tags.of("revision", backfill.revision(), "backfill", backfill.name(), "table", backfill.table());
        this.gauges = new BackfillGauges(shelf, tags, backfill);
        this.chunks = shelf.timer(Meters.CHUNK, tags);
        this.scanned = shelf.counter(Meters.SCANNED, tags);
        this.changed = shelf.counter(Meters.CHANGED, tags);
        this.skipped = shelf.counter(Meters.SKIPPED, tags);
        this.quarantined = shelf.counter(Meters.QUARANTINED, tags);
        this.released = shelf.counter(Meters.RELEASED, tags);
        this.lockWaits = shelf.counter(Meters.LOCK_WAITS, tags);
        this.failedRanges = shelf.counter(Meters.FAILED_RANGES, tags);
    }

    void on(BackfillEvent event) {
        if (event instanceof BackfillEvent.ChunkCommitted chunk) {
            committed(chunk);
        } else if (event instanceof BackfillEvent.Beat beat) {
            gauges.beat(beat);
        } else if (event instanceof BackfillEvent.BudgetChanged budget) {
            gauges.budget(budget.state());
        } else if (event instanceof BackfillEvent.ControlChanged control) {
            gauges.paused(control.paused());
        } else if (event instanceof BackfillEvent.Vacuumed vacuumed) {
            shelf.timer(Meters.VACUUM, tags).record(vacuumed.duration());
        } else {
            trouble(event);
        }
    }

    private void committed(BackfillEvent.ChunkCommitted chunk) {
        boolean aside = chunk.cursor().equals(setAside.remove(chunk.range()));
        if (!aside) {
            // a chunk whose commit was settled by the ledger, and one that changed nothing, may have no time
            if (!chunk.statement().isZero()) {
                chunks.record(chunk.statement());
            }
            skipped.increment(Math.max(0, chunk.rowsWalked() - chunk.rowsChanged()));
        }
        scanned.increment(chunk.rowsWalked());
        changed.increment(chunk.rowsChanged());
        gauges.walked(chunk.rowsWalked());
    }

    private void trouble(BackfillEvent event) {
        if (event instanceof BackfillEvent.ChunkRetried retried) {
            shelf.counter(Meters.CHUNK_RETRIES, withState(retried.sqlState())).increment();
            if (retried.sqlState().equals(LOCK_NOT_AVAILABLE)) {
                lockWaits.increment();
            }
        } else if (event instanceof BackfillEvent.ChunkShrunk shrunk) {
            shelf.counter(Meters.CHUNKS_SHRUNK, withState(shrunk.sqlState())).increment();
        } else if (event instanceof BackfillEvent.RowQuarantined row) {
            setAside.put(row.range(), row.key());
            quarantined.increment();
        } else if (event instanceof BackfillEvent.RowReleased row) {
            released.increment();
            changed.increment(row.rowsChanged());
        } else if (event instanceof BackfillEvent.RangeFailed) {
            failedRanges.increment();
        }
    }

    private Tags withState(String sqlState) {
        return tags.and("sqlstate", SQLSTATE.matcher(sqlState).matches() ? sqlState : "none");
    }

    void end() {
        gauges.remove();
    }
}
