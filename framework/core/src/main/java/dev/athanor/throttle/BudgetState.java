package dev.athanor.throttle;

import java.util.List;

/**
 * What a budget allows at this moment, and why.
 *
 * @param workers chunks that may run at once; 0: work stands still
 * @param workersWanted chunks at once if nothing held them back
 * @param chunkRows rows of the next chunk
 * @param utilisation of the worst signal, smoothed; 0 when there is none
 * @param reason why work is slower than it could be, for people, such as {@code replica lag 2.1s}; empty when it is not
 * @param readings of all signals
 */
public record BudgetState(
        int workers, int workersWanted, int chunkRows, double utilisation, String reason, List<Reading> readings) {
    public BudgetState {
        readings = List.copyOf(readings);
    }

    /** Whether something else than the operator holds work back. */
    public boolean throttled() {
        return !reason.isEmpty();
    }
}
