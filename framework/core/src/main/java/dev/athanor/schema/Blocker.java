package dev.athanor.schema;

import java.io.Serializable;

/**
 * A session that holds a lock which one of our statements waits for.
 *
 * @param pid process id on the server; 0 for a prepared transaction
 * @param application as it calls itself; may be empty
 * @param state such as {@code active} or {@code idle in transaction}; empty when our role may not see it
 * @param query its present or last statement; empty when our role may not see it
 * @param seconds since its transaction began
 */
public record Blocker(long pid, String application, String state, String query, long seconds) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** For messages. */
    public String describe() {
        if (pid == 0) {
            return "a prepared transaction (see pg_prepared_xacts)";
        }
        String who = application.isEmpty() ? "" : "application '" + application + "', ";
        String what = state.isEmpty() ? "" : state + ", ";
        String ran = query.isEmpty() ? "" : ": " + Statements.firstLine(query);
        return "pid " + pid + " (" + who + what + "transaction open for " + seconds + " s)" + ran;
    }
}
