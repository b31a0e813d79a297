package dev.athanor.backfill;

import dev.athanor.catalog.KeyShape;
import dev.athanor.catalog.TablePicture;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillOptions;
import dev.athanor.throttle.Pace;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a backfill would be prepared, as far as that can be told without touching anything: the statement is not put before
 * the planner.
 *
 * @param key columns by which the table would be walked; {@code ctid} when block by block; empty when that is refused
 * @param workers chunks at once
 * @param chunkSize rows of the first chunk
 * @param adaptive whether later chunks are sized by the time that they take
 * @param refusal why it would be refused, with what to do; null when it would not
 */
public record BackfillForecast(
        List<String> key,
        int workers,
        int chunkSize,
        boolean adaptive,
        @Nullable String refusal) {
    public BackfillForecast {
        key = List.copyOf(key);
    }

    /**
     * Looks at a step and its table.
     *
     * @param begunBy the columns by which it has been walked so far; empty when it was not begun
     */
    public static BackfillForecast of(BackfillStep step, TablePicture table, List<String> begunBy) {
        try {
            KeyShape key = begunBy.isEmpty() ? WalkRules.key(step, table) : WalkRules.sameKey(step, table, begunBy);
            WalkRules.check(step, new Walk(step, table, key));
            return paced(step, key.columnNames(), null);
        } catch (BackfillRefusedException e) {
            return paced(step, List.of(), e.getMessage() + " " + e.hint());
        }
    }

    /** What the directive alone says, where there is no table to look at. */
    public static BackfillForecast of(BackfillStep step) {
        return paced(step, step.key(), null);
    }

    private static BackfillForecast paced(BackfillStep step, List<String> key, @Nullable String refusal) {
        BackfillOptions options = step.options();
        Duration target = options.targetChunkTime();
        EngineSettings defaults = EngineSettings.DEFAULTS;
        int workers = options.workers() == null ? defaults.workers() : options.workers();
        Pace pace = new Pace(
                workers,
                options.chunkSize(),
                target == null ? defaults.targetChunkTime() : target,
                options.maxRowsPerSecond());
        return new BackfillForecast(key, workers, pace.firstChunk(), options.chunkSize() == null, refusal);
    }

    /** Chunks for so many rows if all were as large as the first: the last one of each range is not. */
    public long chunks(long rows) {
        if (rows == 0) {
            return 0;
        }
        long ranges = RangePlanner.count(rows, workers);
        long rowsOfRange = (rows + ranges - 1) / ranges;
        return ranges * ((rowsOfRange + chunkSize - 1) / chunkSize);
    }
}
