package dev.athanor.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much of a backfill is done and how long the rest takes. Both ends are estimates, and never said to be more. */
public final class Forecast {
    /** Below this share a rate says too little to foretell the end: 1 in 100. */
    private static final double LEAST_SHARE = 0.01;
    /** An end that is not reached is not shown as reached, however small the rest. */
    private static final double MOST_PERCENT = 99.9;

    private Forecast() {}

    /**
     * Percent of rows.
     *
     * @param total estimated, may be too few
     * @param finished whether all is done, so that it is 100
     */
    public static double percent(long done, long total, boolean finished) {
        return percent(total <= 0 ? (done > 0 ? 1 : 0) : (double) done / total, finished);
    }

    /**
     * Percent of a share.
     *
     * @param share 0 to 1
     * @param finished whether all is done, so that it is 100
     */
    public static double percent(double share, boolean finished) {
        return finished ? 100 : Math.max(0, Math.min(MOST_PERCENT, Math.floor(share * 1000) / 10));
    }

    /**
     * Time until the end. More rows than were estimated are foretold by the way along the key.
     *
     * @param total estimated rows
     * @param position share of the way along the key, 0 to 1; 0 when it is not known
     * @param rate rows a second
     * @return null when too little is done, or nothing moves
     */
    public static @Nullable Duration left(long done, long total, double position, double rate) {
        double share = total <= 0 ? position : (double) done / total;
        if (rate <= 0 || Math.max(share, position) < LEAST_SHARE) {
            return null;
        }
        double rows = total - done;
        if (rows <= 0) {
            rows = position <= 0 ? 0 : done * (1 - Math.min(1, position)) / position;
        }
        return Duration.ofMillis((long) (rows * 1000 / rate));
    }
}
