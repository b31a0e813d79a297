package dev.athanor.backfill;

import java.util.ArrayList;
import java.util.List;

/** The first rows of a chunk, as many as fit into memory; the chunk ends behind them then. Used by one thread at a time. */
final class RowBatch {
    /**
     * Characters of the values of a chunk's rows, of one or two bytes each: they are kept in memory, those of every worker
     * at once. One row is taken whatever its size.
     */
    static final long MOST_CHARACTERS = 16L << 20;

    private final long most;
    private final List<SourceRow> rows = new ArrayList<>();
    private long characters;
    private boolean cut;

    RowBatch(long most) {
        this.most = most;
    }

    /** Takes the next row, unless it or one before it did not fit. */
    void add(SourceRow row) {
        characters += row.characters();
        cut = cut || !rows.isEmpty() && characters > most;
        if (!cut) {
            rows.add(row);
        }
    }

    /** Takes no more rows; there are some. */
    void cut() {
        cut = true;
    }

    /** Whether rows were left out. */
    boolean isCut() {
        return cut;
    }

    List<SourceRow> rows() {
        return rows;
    }

    /** Key of the last row taken; there is one when it is {@linkplain #isCut cut}. */
    List<String> last() {
        return rows.get(rows.size() - 1).key();
    }
}
