package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.sql.SqlStateClass;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One try of a step that failed.
 *
 * @param statement counted from 1; 0: the commit, or getting a connection
 * @param cause what the server said; null when we did not let the statement begin
 * @param blockers who was seen in the way
 * @param left what the statement has left behind, for the message; empty when nothing
 */
record SchemaFailure(
        SchemaStep step,
        int statement,
        Kind kind,
        @Nullable DatabaseException cause,
        List<Blocker> blockers,
        String left) {

    /** What went wrong. */
    enum Kind {
        /** The server's own words say it. */
        FAULT,
        /** The statement ran outside a transaction and may have been done. */
        UNCERTAIN,
        /** A lock was not granted in time. */
        LOCK_WAIT,
        /** The same, and another try makes no sense. */
        LAST_LOCK_WAIT,
        /** Transactions that are too old stand in the way of work that waits for them. */
        OLD_TRANSACTIONS
    }

    SchemaFailure {
        blockers = List.copyOf(blockers);
    }

    SchemaFailure(SchemaStep step, int statement, Kind kind, DatabaseException cause, List<Blocker> blockers) {
        this(step, statement, kind, cause, blockers, "");
    }

    SchemaFailure withLeft(String words) {
        return new SchemaFailure(step, statement, kind, cause, blockers, words);
    }

    boolean retryable() {
        return switch (kind) {
            case FAULT -> cause != null && cause.category().retryable();
            case LOCK_WAIT, OLD_TRANSACTIONS -> true;
            case UNCERTAIN, LAST_LOCK_WAIT -> false;
        };
    }

    /** Whether another object has the name of what was to be made. */
    boolean isTakenName() {
        return kind == Kind.FAULT && cause != null && SqlStateClass.isTakenName(cause.sqlState());
    }

    /** The cause alone, for the listener. */
    String describe() {
        return switch (kind) {
            case FAULT, UNCERTAIN -> said();
            case LOCK_WAIT, LAST_LOCK_WAIT -> "a lock was not granted in time" + heldBy();
            case OLD_TRANSACTIONS -> "it would wait for " + named();
        };
    }

    SchemaStepException toException(int tries) {
        return switch (kind) {
            case FAULT, UNCERTAIN -> {
                String again = tries > 1 ? " in " + tries(tries) : "";
                yield new SchemaStepException(
                        this, code(), where() + " failed" + again + outcome() + left + ": " + said(), hint());
            }
            case LOCK_WAIT, LAST_LOCK_WAIT ->
                new SchemaStepException(
                        this,
                        "lock_timeout",
                        where() + " was not granted its lock in " + tries(tries) + left + heldBy(),
                        lockHint());
            case OLD_TRANSACTIONS ->
                new SchemaStepException(
                        this,
                        "old_transaction",
                        where() + " was not begun in " + tries(tries) + ": it would wait for " + named(),
                        lockHint());
        };
    }

    private String said() {
        return cause == null ? "" : String.valueOf(cause.getMessage());
    }

    private boolean timedOut() {
        return cause != null && cause.category() == SqlStateClass.STATEMENT_TIMEOUT;
    }

    private String code() {
        return timedOut() ? "statement_timeout" : "statement_failed";
    }

    private String where() {
        String section = "Revision '" + step.revision() + "', " + step.name() + " at " + step.origin();
        if (statement == 0) {
            return section + ": its transaction";
        }
        String text = Statements.firstLine(step.statements().get(statement - 1));
        return section + ": statement " + statement + " of " + step.statements().size() + " (" + text + ")";
    }

    private String outcome() {
        if (step.options().transactional()) {
            return ", the whole section was rolled back";
        }
        if (statement == 0) {
            return "";
        }
        return kind == Kind.UNCERTAIN
                ? " and nobody knows whether it was done"
                : ", the " + (statement - 1) + " before it stay done";
    }

    private String hint() {
        if (kind == Kind.UNCERTAIN) {
            return "Look whether it was done; if it was, make it harmless to repeat (IF NOT EXISTS); then run athanor"
                    + " resume.";
        }
        if (timedOut()) {
            return step.options().statementTimeout() == null && !step.options().transactional()
                    ? "Begin the section with SET statement_timeout = 0, which the server limits, then run athanor resume."
                    : "Raise statement-timeout on the section's directive, then run athanor resume.";
        }
        return cause == null || cause.hint().isEmpty() || cause.category() == SqlStateClass.OTHER
                ? "Correct " + step.origin() + " or the database, then run athanor resume."
                : cause.hint();
    }

    private static String tries(int tries) {
        return tries == 1 ? "1 try" : tries + " tries";
    }

    private String named() {
        return blockers.stream().map(Blocker::describe).collect(Collectors.joining("; and for "));
    }

    private String heldBy() {
        return blockers.isEmpty()
                ? ""
                : "; it is held by "
                        + blockers.stream().map(Blocker::describe).collect(Collectors.joining("; and by "));
    }

    private String lockHint() {
        return blockers.isEmpty()
                ? "Run athanor resume when whoever holds the lock has finished."
                : blockers.get(0).remedy();
    }
}
