package dev.athanor.run;

import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of a revision really did on a scratch database.
 *
 * @param revision id
 * @param statements in the order in which they ran; the last may have failed
 */
public record TraceReport(String revision, List<StatementTrace> statements) {
    public TraceReport {
        statements = List.copyOf(statements);
    }

    /**
     * One statement.
     *
     * @param section name of its section, such as {@code expand[0]}
     * @param origin where that stands
     * @param locks on tables that were there before its transaction, all that it holds so far, the strongest of each; null
     *     when it cannot run in a transaction, so that its locks are gone before they are seen
     * @param rewritten tables that got a new file
     * @param rebuilt indexes that got a new file
     * @param messages scans, validations, rewrites and index builds, in the server's words
     * @param error why it failed; null when it did not
     * @param mismatches where this differs from what is predicted without a server
     */
    public record StatementTrace(
            String section,
            String origin,
            String sql,
            @Nullable Map<QualifiedName, LockMode> locks,
            List<QualifiedName> rewritten,
            List<QualifiedName> rebuilt,
            List<String> messages,
            @Nullable String error,
            List<Mismatch> mismatches) {
        public StatementTrace {
            locks = locks == null ? null : new LinkedHashMap<>(locks);
            rewritten = List.copyOf(rewritten);
            rebuilt = List.copyOf(rebuilt);
            messages = List.copyOf(messages);
            mismatches = List.copyOf(mismatches);
        }
    }

    /**
     * A difference between prediction and observation.
     *
     * @param worse whether the server did more than was predicted
     */
    public record Mismatch(boolean worse, String message) {}

    /** Why the trace ends early; null when all statements ran. */
    public @Nullable String error() {
        return statements.stream()
                .map(StatementTrace::error)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether a statement failed, or did more than was predicted. */
    public boolean isFinding() {
        return error() != null
                || statements.stream()
                        .flatMap(statement -> statement.mismatches().stream())
                        .anyMatch(Mismatch::worse);
    }
}
