package dev.athanor.backfill;

import dev.athanor.backfill.BackfillEvent.ChunkCommitted;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says when a chunk took so much longer for each of its rows than those before that the planner may have changed its mind:
 * an index is gone, or statistics are. Safe for use by several threads.
 */
final class ScanWatch {
    /** How many times as long as usual; a busy server or a cold cache makes chunks several times slower, not this. */
    static final int TIMES = 20;
    /** Between two questions: one that was answered well is not asked again for every chunk. */
    static final Duration BETWEEN = Duration.ofMinutes(1);
    /** A faster chunk does no harm even when it scans. */
    static final Duration HARMLESS = Duration.ofMillis(100);
    /** A chunk that has not taken longer so far is left alone while it runs. */
    static final Duration SHORTEST_ALARM = Duration.ofSeconds(5);
    /** Chunks that tell what is usual before one can be unusual. */
    private static final int LEARNING = 5;
    /** Share of the newest chunk in what is usual: some ten chunks. */
    private static final double NEWEST = 0.1;

    private final Clock clock;
    private int known;
    private double nanosPerRow;
    private double nanosOfChunk;
    private @Nullable Instant asked;

    ScanWatch(Clock clock) {
        this.clock = clock;
    }

    /** Whether the planner should be asked again. */
    synchronized boolean isSuspicious(ChunkCommitted chunk) {
        if (chunk.rowsWalked() <= 0 || chunk.statement().isZero()) {
            return false;
        }
        double perRow = (double) chunk.statement().toNanos() / chunk.rowsWalked();
        boolean slow = known >= LEARNING
                && perRow > TIMES * nanosPerRow
                && chunk.statement().compareTo(HARMLESS) > 0;
        if (!slow) {
            nanosPerRow = known == 0 ? perRow : nanosPerRow + NEWEST * (perRow - nanosPerRow);
            nanosOfChunk += (known == 0 ? 1 : NEWEST) * (chunk.statement().toNanos() - nanosOfChunk);
            known++;
            return false;
        }
        return mayAsk();
    }

    /** How long a chunk may run before the planner is asked about it. */
    synchronized Duration longestChunk() {
        Duration unusual = Duration.ofNanos((long) (TIMES * nanosOfChunk));
        return unusual.compareTo(SHORTEST_ALARM) < 0 ? SHORTEST_ALARM : unusual;
    }

    /** Whether it may be asked now; then it counts as asked. */
    synchronized boolean mayAsk() {
        Instant now = clock.instant();
        if (asked != null && now.isBefore(asked.plus(BETWEEN))) {
            return false;
        }
        asked = now;
        return true;
    }

    /** The range behind a chunk, for the question. */
    static StoredRange behind(ChunkCommitted chunk, StoredRange range) {
        return new StoredRange(range.number(), range.lower(), range.upper(), chunk.cursor(), false, 0, 0);
    }
}
