package dev.athanor.benchmark.result;

import java.util.List;

/**
 * A figure that a goal can be held against.
 *
 * @param value what counts
 * @param lowest of the readings behind it
 * @param highest of them
 * @param noisy whether the machine was too noisy meanwhile to believe one reading more than another
 */
record Reading(double value, double lowest, double highest, boolean noisy) {
    /** The median of at least one. */
    static Reading of(List<Double> values, boolean noisy) {
        return new Reading(Statistics.median(values), Statistics.lowest(values), Statistics.highest(values), noisy);
    }

    /** This one as a multiple of another; what the two may have been at worst and at best bounds it. */
    Reading by(Reading other) {
        return new Reading(value / other.value, lowest / other.highest, highest / other.lowest, noisy || other.noisy);
    }

    /** Whether this machine's noise may have decided on which side of the goal it is. */
    boolean leavesOpen(double goal) {
        return noisy && lowest <= goal && goal <= highest;
    }
}
