package dev.athanor.examples.application;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the application knows of one row. One write at a time; reads at any time. Thread-safe. */
final class KnownRow {
    /** How far back an old value is recognised as that of an earlier edit. */
    private static final int EARLIER = 16;

    private final long id;
    private final Deque<Long> earlier = new ArrayDeque<>();
    private long committed;
    private long attempted;
    private boolean deleting;
    private boolean deleted;
    private boolean busy;

    KnownRow(long id, long edit) {
        this.id = id;
        this.committed = edit;
        this.attempted = edit;
    }

    long id() {
        return id;
    }

    /** Whether the row is ours to write now; then {@link #release} gives it back. */
    synchronized boolean claim() {
        if (busy || deleted) {
            return false;
        }
        busy = true;
        return true;
    }

    synchronized void release() {
        busy = false;
    }

    synchronized void updating(long edit) {
        attempted = edit;
    }

    synchronized void updated() {
        earlier.addFirst(committed);
        if (earlier.size() > EARLIER) {
            earlier.removeLast();
        }
        committed = attempted;
    }

    synchronized void deleting() {
        deleting = true;
    }

    synchronized void deleted() {
        deleted = true;
    }

    /** What a read that begins now must see at least. */
    synchronized Known known() {
        return new Known(committed, attempted, deleting, deleted);
    }

    synchronized List<Long> earlier() {
        return List.copyOf(earlier);
    }

    /**
     * @param committed edit that the server has confirmed
     * @param attempted edit that is under way, else the same
     * @param deleting whether a deletion was sent
     * @param deleted whether it was confirmed
     */
    record Known(long committed, long attempted, boolean deleting, boolean deleted) {}
}
