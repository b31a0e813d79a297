package dev.athanor;

/** Why a command ended as it did. The exit codes are a public contract: they never change their meaning. */
public enum FailureKind {
    /** A fault of the program itself. */
    UNEXPECTED(1),
    /** The command line, the configuration or a revision file is wrong; nothing was begun. */
    USAGE(2),
    /** Work is pending. */
    PENDING(3),
    /** A migration or a backfill failed. */
    FAILED(4),
    /** Stopped or paused; {@code resume} goes on. */
    STOPPED(5),
    /** Another process holds the lease. */
    LEASE_HELD(6),
    /** A lint, drift or verification finding. */
    FINDING(7),
    /** Refused because it would be unsafe or cannot be undone. */
    REFUSED(8),
    /** The revision graph does not allow it. */
    GRAPH(9),
    /** Interrupted by Ctrl-C with a clean checkpoint. */
    INTERRUPTED(130);

    private final int exitCode;

    FailureKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of a process that ends for this reason. */
    public int exitCode() {
        return exitCode;
    }
}
