package dev.athanor.sql;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;

/** SQL text that cannot be cut into statements. Kind USAGE, code {@code invalid_sql}. */
public final class SqlSyntaxException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String problem;

    SqlSyntaxException(int line, String problem) {
        super(FailureKind.USAGE, "invalid_sql", "line " + line + ": " + problem, "Correct the SQL text.");
        this.line = line;
        this.problem = problem;
    }

    /** Line in the text, counted from 1. */
    public int line() {
        return line;
    }

    /** What was found there and what was expected, without the line. */
    public String problem() {
        return problem;
    }
}
