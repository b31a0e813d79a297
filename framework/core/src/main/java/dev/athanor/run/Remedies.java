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

    /** For a backfill; empty when it needs nobody. */
    static String backfill(BackfillProgress backfill) {
        Long id = backfill.id();
        return switch (backfill.standing()) {
            case PAUSED, CANCELLED -> "go on: athanor backfill resume " + id;
            case STALLED, STOPPED -> "go on: athanor resume";
            case FAILED ->
                "mend what the error names, then: athanor backfill retry " + id
                        + "; or set the rows aside at which it stands: athanor backfill skip " + id;
            default -> backfill.rows().quarantined() > 0 ? quarantine(backfill) : "";
        };
    }

    /** For rows that a backfill has set aside. */
    static String quarantine(BackfillProgress backfill) {
        return "mend the rows that are set aside (athanor backfill show " + backfill.id()
                + "), then: athanor backfill retry " + backfill.id() + " --quarantined";
    }
}
