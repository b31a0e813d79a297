package dev.athanor.migration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What backfills that work on rows in the JVM can be told. Never changes: every method gives another step.
 *
 * @param <B> the kind of backfill that the methods give
 */
public abstract sealed class RowBackfill<B extends RowBackfill<B>> extends TableBackfill<B>
        permits TransformBackfill, CopyBackfill {
    private final @Nullable RowTransform transform;

    RowBackfill(Map<String, String> options, @Nullable RowTransform transform) {
        super(options);
        this.transform = transform;
    }

    /** The same reading these columns, written as in SQL. */
    public B reads(String... columns) {
        return with("reads", String.join(",", columns));
    }

    /** The same writing these columns, written as in SQL. */
    public B writes(String... columns) {
        return with("writes", String.join(",", columns));
    }

    /** The same with what makes the values written out of the values read. */
    public B with(RowTransform made) {
        return copy(options(), made);
    }

    /** The same with so many rows transformed at once in each worker, from 1 to 10000; 16 by default. */
    public B concurrency(int rows) {
        return with("concurrency", Integer.toString(rows));
    }

    /**
     * The same with a version of what the transform does, which stands for its code in the revision's checksum. By default
     * the name of its class counts, or of the class that a lambda stands in.
     */
    public B version(String version) {
        return with("version", version);
    }

    /** None: rows are worked on in the JVM. */
    @Override
    public String sql() {
        return "";
    }

    /** What makes the values written; null where none is given. */
    public @Nullable RowTransform transform() {
        return transform;
    }

    @Override
    final B copy(Map<String, String> changed) {
        return copy(changed, transform);
    }

    abstract B copy(Map<String, String> changed, @Nullable RowTransform made);
}
