package dev.athanor.postgres;

/**
 * How many connections a process may hold at most. Both pools start empty and shrink again when idle.
 *
 * @param jdbcConnections for schema steps, the ledger, the lease's heartbeat and the job repository; at least 2
 * @param reactiveConnections for backfills and verification; at least 1
 */
public record PoolSettings(int jdbcConnections, int reactiveConnections) {

    /**
     * Five blocking connections: a schema step, the watcher beside it, the heartbeat, the job repository and one to
     * spare. Four reactive ones: two workers, one for verification, one to spare.
     */
    public static final PoolSettings DEFAULTS = new PoolSettings(5, 4);

    public PoolSettings {
        if (jdbcConnections < 2 || reactiveConnections < 1) {
            throw new IllegalArgumentException("At least 2 blocking and 1 reactive connection are needed, not "
                    + jdbcConnections + " and " + reactiveConnections);
        }
    }

    /** The same with room for so many reactive connections. */
    public PoolSettings withReactiveConnections(int connections) {
        return new PoolSettings(jdbcConnections, connections);
    }
}
