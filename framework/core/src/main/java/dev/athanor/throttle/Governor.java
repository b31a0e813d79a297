package dev.athanor.throttle;

import java.time.Duration;
import java.time.Instant;

/**
 * How many chunks may run at once, by the utilisation of the worst signal. Below {@link #GROW_BELOW} one more, then nothing
 * changes until {@link #SHED_FROM}, from there one less, above {@link #HALVE_ABOVE} half of them, and none while a signal
 * is at its limit. The gap in the middle is the hysteresis that keeps it from swinging. With one worker left, shedding goes
 * on in steps: each makes chunks half as large and rests longer behind each.
 */
final class Governor {
    /** Utilisation is 1 at this share of a limit, so that work is halved before it has to stand still. */
    static final double FULL_SHARE = 0.75;

    static final double GROW_BELOW = 0.4;
    static final double SHED_FROM = 0.7;
    static final double HALVE_ABOVE = 1;

    /** What was decided must have had time to show in the signals, which are read twice in this time. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Three steps leave an eighth of what one worker can do; less would be standing still under another name. */
    static final int MOST_STEPS = 3;

    private int most;
    private int workers;
    private int steps;
    private boolean halted;
    private boolean recovering;
    private Instant decided = Instant.MIN;

    Governor(int most) {
        this.most = most;
        this.workers = most;
    }

    /**
     * Decides again, if it is time.
     *
     * @param smoothed utilisation of the worst signal, smoothed
     * @param raw utilisation of the worst signal as it was read last
     */
    synchronized void decide(Instant now, double smoothed, double raw) {
        if (raw * FULL_SHARE >= 1) {
            halted = true;
            return;
        }
        if (halted) {
            // only when it is clearly below its limit again: work at a limit would begin and stop at every look
            if (raw < HALVE_ABOVE) {
                halted = false;
                workers = 1;
                steps = 0;
                recovering = true;
                decided = now;
            }
            return;
        }
        if (decided.isAfter(now.minus(INTERVAL))) {
            return;
        }
        if (smoothed < GROW_BELOW) {
            grow(now);
        } else {
            recovering = smoothed < SHED_FROM;
            if (!recovering) {
                shed(now, smoothed > HALVE_ABOVE);
            }
        }
    }

    private void grow(Instant now) {
        recovering = steps > 0 || workers < most;
        if (steps > 0) {
            steps--;
        } else if (workers < most) {
            workers++;
        } else {
            return;
        }
        decided = now;
    }

    private void shed(Instant now, boolean half) {
        if (workers > 1) {
            workers = half ? workers / 2 : workers - 1;
        } else if (steps < MOST_STEPS) {
            steps++;
        } else {
            return;
        }
        decided = now;
    }

    /** The user wants another number of workers; what was shed stays shed. */
    synchronized void most(int number) {
        workers = workers == most ? number : Math.min(workers, number);
        most = number;
    }

    /** Chunks at once; 0 while a signal is at its limit. */
    synchronized int workers() {
        return halted ? 0 : workers;
    }

    /** How often the work of the last worker has been halved. */
    synchronized int steps() {
        return steps;
    }

    synchronized boolean halted() {
        return halted;
    }

    /** Whether less is allowed than was asked for. */
    synchronized boolean holdsBack() {
        return halted || workers < most || steps > 0;
    }

    /** Whether it only holds back because growing takes time. */
    synchronized boolean recovering() {
        return recovering && !halted;
    }
}
