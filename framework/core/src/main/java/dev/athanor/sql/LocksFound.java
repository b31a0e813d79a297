package dev.athanor.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what is found out about one statement; of several locks on one thing the strongest stays. */
final class LocksFound {
    private final Map<Object, TableLock> locks = new LinkedHashMap<>();
    private final List<QualifiedName> created = new ArrayList<>();
    private @Nullable String unknown;

    void add(LockTarget target, @Nullable QualifiedName name, LockMode mode) {
        add(target, name, null, mode);
    }

    void add(LockTarget target, @Nullable QualifiedName name, @Nullable String detail, LockMode mode) {
        if (name == null) {
            unknown("the name behind it cannot be read");
            return;
        }
        Object key = List.of(target, name, detail == null ? "" : detail);
        locks.merge(
                key,
                new TableLock(target, name, detail, mode),
                (one, other) -> new TableLock(target, name, detail, one.mode().or(other.mode())));
    }

    void creates(@Nullable QualifiedName name) {
        if (name != null) {
            created.add(name);
        }
    }

    /** The first reason counts. */
    void unknown(String reason) {
        unknown = unknown == null ? reason : unknown;
    }

    StatementLocks result() {
        return new StatementLocks(List.copyOf(locks.values()), created, unknown);
    }
}
