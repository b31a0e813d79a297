package dev.athanor.examples.application;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What all instances of the application together have committed: the truth that reads are compared with. Rows that were there at the
 * beginning, and that nobody has asked for, need no memory. Thread-safe.
 */
public final class KnownRows {
    /** Half of the interest is in rows that were written lately, so that one version soon reads what the other wrote. */
    private static final int RECENT = 512;

    private static final int TRIES = 16;

    private final long loaded;
    private final AtomicLong edits;
    private final Map<Long, KnownRow> rows = new ConcurrentHashMap<>();
    private final AtomicLong inserted = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLongArray recent = new AtomicLongArray(RECENT);
    private final AtomicInteger written = new AtomicInteger();

    /** @param loaded rows at the beginning, with the ids from 1 on, each with its id for its edit */
    public KnownRows(long loaded) {
        this.loaded = loaded;
        this.edits = new AtomicLong(loaded);
    }

    long nextEdit() {
        return edits.incrementAndGet();
    }

    /** Some row, perhaps a deleted one. */
    KnownRow any(SplittableRandom random) {
        if (random.nextBoolean()) {
            long id = recent.get(random.nextInt(RECENT));
            if (id > 0) {
                return row(id);
            }
        }
        return row(1 + random.nextLong(loaded));
    }

    /** A row to write, claimed; null when all that were tried are being written. */
    @Nullable
    KnownRow claimed(SplittableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            KnownRow row = any(random);
            if (row.claim()) {
                return row;
            }
        }
        return null;
    }

    /** A new row; false when its id was given before. */
    boolean inserted(long id, long edit) {
        boolean fresh = id > loaded && rows.putIfAbsent(id, new KnownRow(id, edit)) == null;
        if (fresh) {
            inserted.incrementAndGet();
            touched(id);
        }
        return fresh;
    }

    void deleted(KnownRow row) {
        row.deleted();
        deleted.incrementAndGet();
        touched(row.id());
    }

    void touched(long id) {
        recent.set(Math.floorMod(written.getAndIncrement(), RECENT), id);
    }

    /** What is known of a row that the database shows; null for one that nobody wrote. */
    @Nullable
    KnownRow find(long id) {
        KnownRow row = rows.get(id);
        return row == null && id >= 1 && id <= loaded ? new KnownRow(id, id) : row;
    }

    /** Rows that must be there when nobody writes. */
    long expected() {
        return loaded + inserted.get() - deleted.get();
    }

    private KnownRow row(long id) {
        return rows.computeIfAbsent(id, key -> new KnownRow(key, key));
    }
}
