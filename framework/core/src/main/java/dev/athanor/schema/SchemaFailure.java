package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.sql.SqlStateClass;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One try of a step that failed.
 *
 * @param statement counted from 1; 0: the commit, or getting a connection
 * @param lockWait the fault is that a lock was not granted in time
 * @param uncertain the statement ran outside a transaction and may have been done
 * @param blockers who was seen holding the lock
 */
record SchemaFailure(
        SchemaStep step,
        int statement,
        DatabaseException cause,
        boolean lockWait,
        boolean uncertain,
        List<Blocker> blockers) {

    SchemaFailure {
        blockers = List.copyOf(blockers);
    }

    boolean retryable() {
        return lockWait || cause.category().retryable() && !uncertain;
    }

    /** The cause alone, for the listener. */
    String describe() {
        return lockWait ? "a lock was not granted in time" + heldBy() : cause.getMessage();
    }

    SchemaStepException toException(int tries) {
        if (lockWait) {
            return new SchemaStepException(
                    this,
                    "lock_timeout",
                    where() + " was not granted its lock in " + tries(tries) + heldBy(),
                    lockHint());
        }
        String again = tries > 1 ? " in " + tries(tries) : "";
        return new SchemaStepException(
                this, code(), where() + " failed" + again + outcome() + ": " + cause.getMessage(), hint());
    }

    private String code() {
        return cause.category() == SqlStateClass.STATEMENT_TIMEOUT ? "statement_timeout" : "statement_failed";
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
        return uncertain
                ? " and nobody knows whether it was done"
                : ", the " + (statement - 1) + " before it stay done";
    }

    private String hint() {
        if (uncertain) {
            return "Look whether it was done; if it was, make it harmless to repeat (IF NOT EXISTS); then run athanor"
                    + " resume.";
        }
        if (cause.category() == SqlStateClass.STATEMENT_TIMEOUT) {
            return "Raise statement-timeout on the section's directive, then run athanor resume.";
        }
        return cause.hint().isEmpty() || cause.category() == SqlStateClass.OTHER
                ? "Correct " + step.origin() + " or the database, then run athanor resume."
                : cause.hint();
    }

    private static String tries(int tries) {
        return tries == 1 ? "1 try" : tries + " tries";
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
                : "Run athanor resume when pid " + blockers.get(0).pid() + " has finished; SELECT pg_terminate_backend("
                        + blockers.get(0).pid() + ") ends it.";
    }
}
