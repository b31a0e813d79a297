package dev.athanor.catalog;

import dev.athanor.sql.QualifiedName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A table (view, index) that a statement would lock, as it is now.
 *
 * @param name with its schema
 * @param rows estimate for it and its partitions; null for what holds no rows
 * @param guessed whether the rows are guessed from the pages, for want of statistics that fit
 * @param bytes on disk with indexes, its partitions included; null when it could not be measured, because it is locked, or
 *     has nothing on disk
 * @param partitions that are locked with it, tables that inherit from it included
 * @param holders sessions that hold a lock now for which this one would have to wait
 * @param longest how long the oldest transaction of these has been open; null when there is none, or our role may not see
 */
public record LockedTable(
        QualifiedName name,
        @Nullable Long rows,
        boolean guessed,
        @Nullable Long bytes,
        int partitions,
        int holders,
        @Nullable Duration longest) {}
