package dev.athanor.sql;

import java.util.Arrays;
import java.util.Locale;

/**
 * PostgreSQL's table-level lock modes, from the weakest to the strongest, with the conflicts of the table in its manual
 * (chapter "Explicit Locking").
 */
public enum LockMode {
    /** Of every read. */
    ACCESS_SHARE("AccessShareLock", "neither reads nor writes"),
    /** Of SELECT with a row lock. */
    ROW_SHARE("RowShareLock", "neither reads nor writes"),
    /** Of every write. */
    ROW_EXCLUSIVE("RowExclusiveLock", "neither reads nor writes"),
    /** Of VACUUM, of what is done concurrently, and of the lighter ALTER TABLE. */
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock", "neither reads nor writes"),
    /** Of CREATE INDEX. */
    SHARE("ShareLock", "writes"),
    /** Of CREATE TRIGGER and foreign keys. */
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock", "writes"),
    /** Of REFRESH MATERIALIZED VIEW CONCURRENTLY. */
    EXCLUSIVE("ExclusiveLock", "writes and SELECT FOR UPDATE"),
    /** Of DROP TABLE, TRUNCATE and most forms of ALTER TABLE. */
    ACCESS_EXCLUSIVE("AccessExclusiveLock", "reads and writes");

    /** For each mode the modes that it conflicts with, as bits by ordinal. */
    private static final int[] CONFLICTS = {
        0b1000_0000, 0b1100_0000, 0b1111_0000, 0b1111_1000, 0b1110_1100, 0b1111_1100, 0b1111_1110, 0b1111_1111
    };

    private final String catalogName;
    private final String blocks;

    LockMode(String catalogName, String blocks) {
        this.catalogName = catalogName;
        this.blocks = blocks;
    }

    /** As SQL and the manual write it: {@code ACCESS EXCLUSIVE}. */
    public String sql() {
        return name().replace('_', ' ');
    }

    /** As {@code pg_locks.mode} writes it: {@code AccessExclusiveLock}. */
    public String catalogName() {
        return catalogName;
    }

    /** Which work of an application waits behind it, in words: {@code writes}. */
    public String blocks() {
        return blocks;
    }

    /** Whether two sessions cannot hold these two on one table at once. */
    public boolean conflictsWith(LockMode other) {
        return (CONFLICTS[ordinal()] & 1 << other.ordinal()) != 0;
    }

    /** The stronger of two, in the server's own order. */
    public LockMode or(LockMode other) {
        return compareTo(other) < 0 ? other : this;
    }

    /** The mode that LOCK TABLE names, such as {@code share row exclusive}; ACCESS EXCLUSIVE when it names none. */
    static LockMode named(String words) {
        String name = words.toUpperCase(Locale.ROOT).replace(' ', '_');
        return Arrays.stream(values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElse(ACCESS_EXCLUSIVE);
    }
}
