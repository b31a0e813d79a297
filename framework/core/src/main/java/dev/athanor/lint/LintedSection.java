package dev.athanor.lint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One section of a revision, as lint looks at it.
 *
 * @param kind what it is for
 * @param transactional whether it is one transaction; false: statement by statement in autocommit
 * @param sql its statements with their comments, waivers among them; placeholders replaced
 * @param lockTimeout the option of its directive, zero for none at all; null where the directive says nothing
 * @param statementTimeout likewise
 * @param file where it is written, as the user gave it; of a Java revision its class and section
 * @param line the line of {@code file} on which {@code sql} begins, counted from 1
 */
public record LintedSection(
        SectionKind kind,
        boolean transactional,
        String sql,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        String file,
        int line) {

    /** A section without options. */
    public LintedSection(SectionKind kind, boolean transactional, String sql, String file, int line) {
        this(kind, transactional, sql, null, null, file, line);
    }
}
