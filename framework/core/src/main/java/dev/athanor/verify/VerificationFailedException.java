package dev.athanor.verify;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;

/** Rows are still wrong after a backfill: exit code 7. */
public final class VerificationFailedException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final String verification;
    private final long stillWrong;

    VerificationFailedException(String revision, String verification, long stillWrong) {
        super(
                FailureKind.FINDING,
                "verification_failed",
                "Revision '" + revision + "': verification '" + verification + "' found " + stillWrong
                        + (stillWrong == 1 ? " row" : " rows") + " still wrong",
                "Look at those rows by the verification's own condition, correct them, then run athanor resume.");
        this.verification = verification;
        this.stillWrong = stillWrong;
    }

    /** Its name. */
    public String verification() {
        return verification;
    }

    /** How many rows. */
    public long stillWrong() {
        return stillWrong;
    }
}
