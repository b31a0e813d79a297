package dev.athanor.run;

import dev.athanor.run.StatusReport.RevisionProgress;

/** What to do about revisions that are not as they should be: the same words wherever they are told. */
public final class Remedies {
    private Remedies() {}

    /** For a revision of the ledger that no file has. */
    public static String unknown() {
        return "restore its file, see that --migrations names all folders, or forget it: athanor stamp --purge TARGET";
    }

    /** For an applied revision whose file has changed. */
    public static String changed() {
        return "restore the file, and write the change as a revision of its own: athanor revision -m TEXT";
    }

    /**
     * For a revision that was begun, or begun to be undone.
     *
     * @param known whether a file has it
     */
    public static String between(RevisionProgress revision, boolean known) {
        if (!known) {
            return unknown();
        }
        return revision.undoing()
                ? "go on: athanor resume"
                : "go on: athanor upgrade " + revision.revision() + " --phase " + revision.next();
    }
}
