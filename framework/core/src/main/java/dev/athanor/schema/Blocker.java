package dev.athanor.schema;

import java.io.Serializable;

/**
 * A session that holds a lock which one of our statements waits for, or keeps such a statement waiting by its age.
 *
 * @param pid process id on the server; 0 for a prepared transaction
 * @param role as which it is logged in; empty for a worker of the server
 * @param application as it calls itself; may be empty
 * @param state such as {@code active} or {@code idle in transaction}; empty when our role may not see it
 * @param query its present or last statement, or the name of a prepared transaction; empty when our role may not see it
 * @param seconds since its transaction began; 0 when our role may not see it
 */
public record Blocker(long pid, String role, String application, String state, String query, long seconds)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** For messages. */
    public String describe() {
        if (pid == 0) {
            return query.isEmpty()
                    ? "a prepared transaction (see pg_prepared_xacts)"
                    : "prepared transaction '" + query + "' of role '" + role + "', " + seconds + " s old";
        }
        String who = (application.isEmpty() ? "" : "application '" + application + "', ")
                + (role.isEmpty() ? "" : "role '" + role + "', ");
        String what = state.isEmpty() ? "" : state + ", ";
        String ran = query.isEmpty() ? "" : ": " + Statements.firstLine(query);
        return "pid " + pid + " (" + who + what + "transaction open for " + seconds + " s)" + ran;
    }

    /** What whoever waits for it can do, as commands. */
    String remedy() {
        if (pid == 0) {
            return "End it with COMMIT PREPARED or ROLLBACK PREPARED (its name: SELECT gid, prepared, owner FROM"
                    + " pg_prepared_xacts), then run athanor resume.";
        }
        String cancel = role.matches("\\w+") ? " athanor resume --cancel-blockers " + role + " has it ended;" : "";
        return "Run athanor resume when pid " + pid + " has finished;" + cancel + " SELECT pg_terminate_backend(" + pid
                + ") ends it.";
    }
}
