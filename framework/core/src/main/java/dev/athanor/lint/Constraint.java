package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A constraint of a table or column.
 *
 * @param name as given; null when the server names it
 * @param columns of UNIQUE, PRIMARY KEY, FOREIGN KEY, NOT NULL; the one column of a column's constraint
 * @param check the condition of a CHECK; empty otherwise
 * @param referenced the table of a foreign key; null otherwise
 * @param referencedColumns none: its primary key
 * @param notValid whether it is added without looking at the rows that are there
 * @param notEnforced whether it is never checked at all
 * @param usingIndex the index that it takes over; null when it builds one or needs none
 * @param definition as written, from its kind on
 */
record Constraint(
        @Nullable String name,
        Kind kind,
        List<String> columns,
        Expression check,
        @Nullable QualifiedName referenced,
        List<String> referencedColumns,
        boolean notValid,
        boolean notEnforced,
        @Nullable String usingIndex,
        String definition) {
    Constraint {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }

    enum Kind {
        CHECK,
        NOT_NULL,
        UNIQUE,
        PRIMARY_KEY,
        FOREIGN_KEY,
        EXCLUDE
    }

    /** Whether rows that are there are looked at when it is added. */
    boolean scans() {
        return !notValid && !notEnforced && usingIndex == null;
    }
}
