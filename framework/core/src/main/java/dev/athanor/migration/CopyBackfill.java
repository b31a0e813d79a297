package dev.athanor.migration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backfill that copies rows of a table of another database into a table of this one, made by {@link Rows#copy}. Each
 * row is written once: where the copy stands is kept here, in the commit of the rows. Key, condition and ranges are of
 * the table that is read.
 */
public final class CopyBackfill extends RowBackfill<CopyBackfill> {
    private CopyBackfill(Map<String, String> options, @Nullable RowTransform transform) {
        super(options, transform);
    }

    static CopyBackfill of(String table) {
        return new CopyBackfill(Map.of("table", table), null);
    }

    /** The same reading from the database of this name, as the runner or the settings file knows it. */
    public CopyBackfill from(String source) {
        return with("from", source);
    }

    /** The same writing into this table, written as in SQL. Default: the one that is called like the table read. */
    public CopyBackfill into(String table) {
        return with("into", table);
    }

    /** The same with these columns read and written, for a copy that transforms nothing. */
    public CopyBackfill columns(String... columns) {
        return reads(columns).writes(columns);
    }

    /** The same with what stands behind {@code ON CONFLICT}: {@code (id) DO NOTHING}. Default: a conflict is an error. */
    public CopyBackfill onConflict(String action) {
        return with("on-conflict", action);
    }

    @Override
    CopyBackfill copy(Map<String, String> changed, @Nullable RowTransform made) {
        return new CopyBackfill(changed, made);
    }
}
