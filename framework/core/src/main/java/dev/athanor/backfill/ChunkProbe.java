package dev.athanor.backfill;

/** Hears of every moment of every chunk, on the thread that works on it. For tests that crash a process at a point. */
@FunctionalInterface
public interface ChunkProbe {
    /** Hears nothing. */
    ChunkProbe NONE = (point, backfillId, range) -> {};

    /** The chunk of this range has come to this point. */
    void reached(ChunkPoint point, long backfillId, int range);
}
