package dev.athanor.backfill;

/** Moments in the life of one chunk at which tests may let a process die. */
public enum ChunkPoint {
    /** Of work on rows: they are read, and nothing is open on any server. */
    READ,
    /** Of work on rows: their new values are known, and nothing is open on any server. */
    TRANSFORMED,
    /** The range's row is locked and the token checked; nothing is changed. */
    LOCKED,
    /** The user's statement has run; the cursor has not moved. */
    CHANGED,
    /** The cursor has moved; nothing is committed. */
    ADVANCED,
    /** The chunk is durable; nobody was told. */
    COMMITTED
}
