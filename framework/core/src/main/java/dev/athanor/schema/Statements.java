package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.Session;
import java.util.List;

/** Statements in messages. */
final class Statements {
    /** Enough to know a statement again. */
    private static final int LONGEST = 120;

    private Statements() {}

    /**
     * What statement number {@code number} of a step, from 1, comes to: itself, or with {@code execute=rows} the statements
     * that it gives as a query, which may be none.
     */
    static List<String> toRun(Session session, SchemaStep step, int number) {
        String sql = step.statements().get(number - 1);
        return step.options().rows() ? session.queryVerbatim(sql) : List.of(sql);
    }

    static String firstLine(String sql) {
        String line = sql.strip().lines().findFirst().orElse("").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }
}
