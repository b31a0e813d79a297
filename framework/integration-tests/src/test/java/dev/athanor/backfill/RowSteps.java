package dev.athanor.backfill;

import dev.athanor.migration.RowTransform;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillOptions;
import dev.athanor.source.BackfillWork;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps of work on rows for an engine under test. */
final class RowSteps {
    private final EngineFixture fixture;

    RowSteps(EngineFixture fixture) {
        this.fixture = fixture;
    }

    BackfillStep transform(
            String table, List<String> reads, List<String> writes, BackfillOptions options, RowTransform transform) {
        return of(table, new BackfillWork.Transform(reads, writes, transform, 8, "test"), options);
    }

    BackfillStep copy(
            String table,
            String into,
            List<String> columns,
            @Nullable RowTransform transform,
            @Nullable String onConflict) {
        BackfillWork.Copy work = new BackfillWork.Copy(
                "legacy", QualifiedName.parse(into), columns, columns, transform, 8, "test", onConflict);
        return of(table, work, EngineFixture.options(500));
    }

    BackfillStep of(String table, BackfillWork.OfRows work, BackfillOptions options) {
        BackfillStep plain = fixture.step(table, work.shape(QualifiedName.parse(table)), options);
        return new BackfillStep(
                plain.revision(),
                plain.ordinal(),
                plain.name(),
                plain.origin(),
                plain.table(),
                plain.key(),
                plain.options(),
                plain.template(),
                work);
    }
}
