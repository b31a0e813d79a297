package dev.athanor.sql;

import org.jspecify.annotations.Nullable;

/**
 * A lock that a statement takes.
 *
 * @param target what is locked, seen from the name
 * @param name as the statement writes it
 * @param detail a constraint or a column of it, where the target speaks of one; null otherwise
 * @param mode how
 */
public record TableLock(
        LockTarget target, QualifiedName name, @Nullable String detail, LockMode mode) {}
