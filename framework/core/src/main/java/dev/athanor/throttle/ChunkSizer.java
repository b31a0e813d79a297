package dev.athanor.throttle;

/** How many rows the next chunk should hold. Implementations are thread-safe: all workers share one. */
interface ChunkSizer {

    /** Rows for the next chunk, at least 1. */
    int rows();

    /**
     * A chunk is done.
     *
     * @param granted rows it was given
     * @param walked rows it found
     * @param statementNanos run time of its statement alone, in nanoseconds
     */
    void observe(int granted, long walked, long statementNanos);

    /** Always the same number of rows. */
    static ChunkSizer fixed(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("a chunk holds at least 1 row, not " + rows);
        }
        return new ChunkSizer() {
            @Override
            public int rows() {
                return rows;
            }

            @Override
            public void observe(int granted, long walked, long statementNanos) {
                // the size is the user's decision
            }
        };
    }
}
