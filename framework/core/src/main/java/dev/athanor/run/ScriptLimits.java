package dev.athanor.run;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.schema.LockProfile;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a section outside a transaction, with the limits that the engine would give it: set for the session in
 * front of it, taken back behind it. What the section has SET itself is left alone.
 *
 * @param step the section, one with {@code transaction=none}
 * @param number of the statement, from 1
 */
record ScriptLimits(SchemaStep step, int number) {
    private static final String LOCK = "lock_timeout";
    private static final String STATEMENT = "statement_timeout";

    /** What is done CONCURRENTLY, and what else harms nobody, among the rows of a query; as LockProfile tells them. */
    private static final String CONCURRENT = "'^\\s*(create|drop|reindex|alter)\\M.*\\mconcurrently\\M'";

    private static final String QUIET = "'^\\s*(analyze\\M|alter\\s.*\\mvalidate\\s+constraint\\M)'";

    /** Words that a query which is put into another one must not have. */
    private static final List<String> CHANGES = List.of("insert", "update", "delete", "merge");

    private String sql() {
        return step.statements().get(number - 1);
    }

    /** The statement, a line end behind it. */
    String text() {
        StringBuilder text = new StringBuilder();
        List<String> ofRows = new ArrayList<>();
        List<String> limited = new ArrayList<>();
        for (String setting : List.of(LOCK, STATEMENT)) {
            Duration given = given(setting);
            boolean own = step.statements().subList(0, number).stream().anyMatch(before -> sets(before, setting));
            boolean known = given != null || !step.options().rows() || changes();
            Duration limit = given != null ? given : limit(LockProfile.of(sql()), setting);
            if (!own && !isSet(sql()) && (!known || limit != null)) {
                limited.add(setting);
                if (known && limit != null) {
                    text.append(set(setting, limit)).append(";\n");
                } else {
                    ofRows.add(ofRow(setting));
                }
            }
        }
        text.append(ofRows.isEmpty() ? sql() : asked(ofRows))
                .append(step.options().rows() ? "\n\\gexec\n" : ";\n");
        limited.forEach(setting -> text.append("RESET ").append(setting).append(";\n"));
        return text.toString();
    }

    private @Nullable Duration given(String setting) {
        return setting.equals(LOCK)
                ? step.options().lockTimeout()
                : step.options().statementTimeout();
    }

    private static @Nullable Duration limit(LockProfile profile, String setting) {
        return setting.equals(LOCK) ? profile.lockTimeout() : profile.statementTimeout();
    }

    private static String set(String setting, @Nullable Duration limit) {
        return limit == null ? "RESET " + setting : "SET " + setting + " = " + limit.toMillis();
    }

    /** Psql runs the columns of a row from left to right: the limits of its statement, then the statement. */
    private String asked(List<String> limits) {
        return "SELECT " + String.join(",\n       ", limits) + ",\n       statement\n  FROM (\n" + sql()
                + "\n) AS asked (statement)";
    }

    private static String ofRow(String setting) {
        return "CASE WHEN statement ~* " + CONCURRENT + " THEN '" + set(setting, limit(LockProfile.CONCURRENT, setting))
                + "'\n            WHEN statement ~* " + QUIET + " THEN '"
                + set(setting, limit(LockProfile.QUIET, setting)) + "'\n            ELSE '"
                + set(setting, limit(LockProfile.BLOCKING, setting)) + "' END";
    }

    private boolean changes() {
        return SqlTokens.of(sql()).code().stream()
                .anyMatch(token -> CHANGES.stream().anyMatch(token::isWord));
    }

    /** Whether a statement is SET. */
    static boolean isSet(String sql) {
        List<Token> code = SqlTokens.of(sql).code();
        return !code.isEmpty() && code.get(0).isWord("set");
    }

    private static boolean sets(String sql, String setting) {
        return isSet(sql) && sql.toLowerCase(Locale.ROOT).contains(setting);
    }
}
