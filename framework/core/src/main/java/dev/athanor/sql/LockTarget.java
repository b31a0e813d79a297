package dev.athanor.sql;

/** What a {@link TableLock} is on, seen from the name in the statement. All but the first two need a catalogue. */
public enum LockTarget {
    /** The table (view, sequence) of that name alone. */
    TABLE,
    /** The table of that name with its partitions and the tables that inherit from it. */
    TREE,
    /** The index of that name itself; plans of queries on its table look at it too. */
    INDEX,
    /** The table of the index of that name. */
    TABLE_OF_INDEX,
    /** The tables that foreign keys of the table reference; with a detail only by the key of that name. */
    REFERENCED,
    /** The tables at the other end of foreign keys, in either direction, that have the column of the detail. */
    KEYS_OF_COLUMN,
    /** The tables whose foreign keys reference the table, and those that reference these. */
    REFERENCING,
    /** The partitioned table of which it is a partition, and that one's default partition. */
    PARENT,
    /** The default partition of the table. */
    DEFAULT_PARTITION,
    /** The tables with a column of the domain of that name. */
    TABLES_OF_DOMAIN
}
