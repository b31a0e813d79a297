package dev.athanor.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How far a section has come.
 *
 * @param ordinal index in its revision
 * @param statementsDone statements that are certainly done
 * @param attempted whether the next one was begun, so that it may be done too ({@code transaction=none} only)
 * @param finished whether all is done
 * @param result of a verification: rows still wrong when last counted; null when never
 * @param checksum of the statements that are done; null when there are none
 */
public record SectionState(
        int ordinal,
        int statementsDone,
        boolean attempted,
        boolean finished,
        @Nullable Long result,
        @Nullable String checksum) {

    /** A state without a checksum: of a verification, or before anything is done. */
    public SectionState(int ordinal, int statementsDone, boolean attempted, boolean finished, @Nullable Long result) {
        this(ordinal, statementsDone, attempted, finished, result, null);
    }

    /** Nothing is done yet. */
    public static SectionState untouched(int ordinal) {
        return new SectionState(ordinal, 0, false, false, null);
    }
}
