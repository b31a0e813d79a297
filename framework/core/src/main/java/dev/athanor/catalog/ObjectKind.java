package dev.athanor.catalog;

import java.util.Locale;

/** Kinds of objects in a {@link SchemaPicture}, in the order in which they are listed. */
public enum ObjectKind {
    /** A schema. */
    SCHEMA,
    /** An extension, with its version; what belongs to it is not looked at. */
    EXTENSION,
    /** An enum, domain, composite type, range or base type. */
    TYPE,
    /** A sequence with its parameters, not with its value. */
    SEQUENCE,
    /** A table, partitioned table, partition or foreign table, without its columns. */
    TABLE,
    /** A view or materialised view. */
    VIEW,
    /** A column of a table; of a view only when something is set on it. */
    COLUMN,
    /** A constraint of a table; whether a column is NOT NULL stands with the column. */
    CONSTRAINT,
    /** An index, whether it is valid included. */
    INDEX,
    /** A trigger, whether it is enabled included. */
    TRIGGER,
    /** A rule. */
    RULE,
    /** A policy of row level security. */
    POLICY,
    /** A function, procedure or aggregate, with its argument types. */
    FUNCTION,
    /** Extended statistics. */
    STATISTICS;

    /** Lower-case name, as in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
