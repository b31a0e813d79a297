package dev.athanor.backfill;

import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of a chunk: as many as are expected, and as fit into memory; the chunk ends behind them when there are more.
 * Used by one thread at a time.
 */
final class RowBatch {
    /**
     * Memory of a chunk's rows, about: the rows of every worker are kept at once. Texts of other letters than Latin ones take
     * up to twice as much. One row is taken whatever its size.
     */
    static final long MOST_BYTES = 16L << 20;

    /**
     * What a value takes besides its characters, on a JVM of 64 bits: a string (24 bytes), its array (16, and 4 on average to
     * fill up eight), and the references to it.
     */
    static final int VALUE_BYTES = 56;

    private final int expected;
    private final List<SourceRow> rows = new ArrayList<>();
    private long bytes;
    private boolean cut;
    private boolean full;

    /**
     * An empty one.
     *
     * @param expected how many rows are taken at most: there may be more by now than when the end of the chunk was found
     */
    RowBatch(int expected) {
        this.expected = expected;
    }

    /** Takes the next row, unless it or one before it was one too many. */
    void add(SourceRow row) {
        cut = cut || rows.size() == expected;
        if (!cut) {
            bytes += row.bytes();
            full = !rows.isEmpty() && bytes > MOST_BYTES;
            cut = full;
        }
        if (!cut) {
            rows.add(row);
        }
    }

    /** Whether rows were left out. */
    boolean isCut() {
        return cut;
    }

    /** Whether rows were left out because they did not fit into memory. */
    boolean isFull() {
        return full;
    }

    List<SourceRow> rows() {
        return rows;
    }

    /** Key of the last row taken; there is one when it is {@linkplain #isCut cut}. */
    List<String> last() {
        return rows.get(rows.size() - 1).key();
    }
}
