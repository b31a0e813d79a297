package dev.athanor.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param at when, by the server's clock
 * @param actor who
 * @param kind what, as a stable name in lower snake case
 * @param revision to which revision, or null
 * @param detail for people
 */
public record AuditEvent(
        Instant at, Actor actor, String kind, @Nullable String revision, String detail) {}
