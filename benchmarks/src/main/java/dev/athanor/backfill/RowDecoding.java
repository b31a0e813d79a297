package dev.athanor.backfill;

import dev.athanor.catalog.ColumnPicture;
import dev.athanor.catalog.ColumnPicture.Generation;
import dev.athanor.catalog.ColumnPicture.Kind;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What a transform reads of one row: a number, a text and two times. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowDecoding {
    private static final List<ColumnPicture> COLUMNS = List.of(
            new ColumnPicture("id", "bigint", Kind.EXACT, Generation.NONE),
            new ColumnPicture("subject", "text", Kind.OTHER, Generation.NONE),
            new ColumnPicture("created_at", "timestamp with time zone", Kind.TIMESTAMPTZ, Generation.NONE),
            new ColumnPicture("resolved_at", "timestamp with time zone", Kind.TIMESTAMPTZ, Generation.NONE));

    private final @Nullable String[] values = {"4711", "Ticket number 4711", "0002b0f8c5e5a000", "0002b0f8d5e5a000"};

    /** For JMH. */
    public RowDecoding() {}

    /** One row. */
    @Benchmark
    public void row(Blackhole hole) {
        SourceRow row = new SourceRow(COLUMNS, List.of("4711"), values, null);
        hole.consume(row.get("id", Long.class));
        hole.consume(row.text("subject"));
        hole.consume(row.get("created_at", Instant.class));
        hole.consume(row.get("resolved_at", Instant.class));
    }
}
