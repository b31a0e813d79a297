package dev.athanor.source;

import dev.athanor.migration.CopyBackfill;
import dev.athanor.migration.RowBackfill;
import dev.athanor.migration.RowTransform;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a class says of rows that are worked on in the JVM. Every check adds its faults; none stops the others. */
final class RowWorkReader {
    static final List<String> OPTIONS =
            List.of("reads", "writes", "concurrency", "version", "from", "into", "on-conflict");

    /** Requests to one service that a worker has open when nobody says otherwise; two workers have 32. */
    private static final int CONCURRENCY = 16;
    /** As many rows as a chunk of a transform has at most. */
    private static final int MOST_AT_ONCE = 10_000;

    private final Options options;
    private final Faults faults;
    private final int line;

    RowWorkReader(Options options, Faults faults, int line) {
        this.options = options;
        this.faults = faults;
        this.line = line;
    }

    /** The work of a step; null when a fault leaves nothing to make it from. */
    BackfillWork.@Nullable OfRows read(RowBackfill<?> step, @Nullable QualifiedName table) {
        List<String> reads = options.columns("reads");
        List<String> writes = options.columns("writes");
        require(options.text("reads") != null, "columns to read", "reads(\"COLUMN\", …)");
        require(options.text("writes") != null, "columns to write", "writes(\"COLUMN\", …)");
        Integer said = options.integer("concurrency", 1, MOST_AT_ONCE);
        int concurrency = said == null ? CONCURRENCY : said;
        RowTransform transform = step.transform();
        String version = version(transform);
        if (step instanceof CopyBackfill) {
            String from = options.label("from");
            require(from != null, "database to copy from", "from(\"NAME\")");
            require(
                    transform != null || reads.size() == writes.size(),
                    "transform though " + reads.size() + " columns are read and " + writes.size() + " written",
                    "with(…), or as many columns");
            QualifiedName into = options.text("into") == null ? table : options.table("into");
            String onConflict = options.condition("on-conflict");
            return from == null || into == null
                    ? null
                    : new BackfillWork.Copy(from, into, reads, writes, transform, concurrency, version, onConflict);
        }
        require(transform != null, "transform", "with(row -> …)");
        return transform == null ? null : new BackfillWork.Transform(reads, writes, transform, concurrency, version);
    }

    private void require(boolean there, String what, String expected) {
        if (!there) {
            faults.add(line, "found no " + what + ", expected " + expected);
        }
    }

    /** A lambda's own name differs from one JVM to the next; what stands before it does not. */
    private String version(@Nullable RowTransform transform) {
        String said = options.text("version");
        if (said != null || transform == null) {
            return said == null ? "" : said;
        }
        String name = transform.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda);
    }
}
