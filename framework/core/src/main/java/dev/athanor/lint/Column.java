package dev.athanor.lint;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column as CREATE TABLE and ADD COLUMN define it.
 *
 * @param type null where it cannot be read, or where the partition's parent says it
 * @param value its default; null without one
 */
record Column(
        String name,
        @Nullable TypeName type,
        @Nullable Expression value,
        Generation generation,
        List<Constraint> constraints) {
    Column {
        constraints = List.copyOf(constraints);
    }

    enum Generation {
        NONE,
        IDENTITY,
        STORED,
        VIRTUAL,
        /** {@code GENERATED ALWAYS AS (…)} that does not say which. */
        UNSAID
    }

    Optional<Constraint> constraint(Constraint.Kind kind) {
        return constraints.stream()
                .filter(constraint -> constraint.kind() == kind)
                .findFirst();
    }

    boolean has(Constraint.Kind kind) {
        return constraint(kind).isPresent();
    }

    boolean isSerial() {
        return type != null && type.isSerial();
    }

    /** Whether rows that are there get a value that is not null. */
    boolean hasValue() {
        return value != null && !value.isNull() || generation != Generation.NONE || isSerial();
    }

    boolean is(String typeName) {
        return type != null && type.is(typeName);
    }
}
