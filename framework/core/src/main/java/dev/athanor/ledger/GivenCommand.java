package dev.athanor.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command of an operator, as the ledger keeps it.
 *
 * @param id in the ledger; 0 when nothing was to be changed and so nothing was written
 * @param verb {@code pause}, {@code resume}, {@code set}, {@code retry}, {@code skip} or {@code cancel}
 * @param oldValue what held before, for people
 * @param newValue what holds now, for people
 * @param reason in the operator's words; may be empty
 * @param actor who
 * @param at when, by the server's clock
 * @param obeyedAt when a running process has taken it in; null: none has yet
 * @param obeyedBy that process, such as {@code pid 71 on host}; null: none has yet
 */
public record GivenCommand(
        long id,
        String verb,
        String oldValue,
        String newValue,
        String reason,
        String actor,
        Instant at,
        @Nullable Instant obeyedAt,
        @Nullable String obeyedBy) {

    /** Whether it has changed what is wished. */
    public boolean given() {
        return id > 0;
    }

    /** Whether a running process has taken it in. */
    public boolean obeyed() {
        return obeyedAt != null;
    }
}
