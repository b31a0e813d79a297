package dev.athanor.run;

/** What an upgrade does with what lint finds in the revisions that it is going to run. */
public enum LintMode {
    /** Looks at nothing. */
    OFF,
    /** Tells errors and warnings, and runs. */
    WARN,
    /** Tells warnings, and refuses errors that no waiver excuses. */
    ERROR
}
