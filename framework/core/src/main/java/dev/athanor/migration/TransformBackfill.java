package dev.athanor.migration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backfill that changes rows by a {@link RowTransform}, made by {@link Rows#transform}. A row that the application has
 * changed in the columns read since is read and transformed again, so that no write of the application is lost.
 */
public final class TransformBackfill extends RowBackfill<TransformBackfill> {
    private TransformBackfill(Map<String, String> options, @Nullable RowTransform transform) {
        super(options, transform);
    }

    static TransformBackfill of(String table) {
        return new TransformBackfill(Map.of("table", table), null);
    }

    @Override
    TransformBackfill copy(Map<String, String> changed, @Nullable RowTransform made) {
        return new TransformBackfill(changed, made);
    }
}
