package dev.athanor.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of a schema section; null where the directive says nothing.
 *
 * @param transactional false for {@code transaction=none}: statements one by one in autocommit
 * @param lockTimeout longest wait for one lock
 * @param statementTimeout longest run of one statement
 * @param retries how often to try again after a lock timeout, each time in a fresh transaction
 * @param rows {@code execute=rows}: the section holds queries, and the rows they give are the statements
 */
public record SchemaOptions(
        boolean transactional,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        @Nullable Integer retries,
        boolean rows) {
    /** Of a section whose statements stand in it. */
    public SchemaOptions(
            boolean transactional,
            @Nullable Duration lockTimeout,
            @Nullable Duration statementTimeout,
            @Nullable Integer retries) {
        this(transactional, lockTimeout, statementTimeout, retries, false);
    }
}
