package dev.athanor.source;

import static dev.athanor.sql.QualifiedName.quote;

import dev.athanor.migration.RowTransform;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a backfill does with the rows that it walks. */
public sealed interface BackfillWork {

    /** One SQL statement; it stands in the section. */
    record Statement() implements BackfillWork {}

    /** Rows are read, worked on in the JVM, and written. */
    sealed interface OfRows extends BackfillWork {
        /** Columns read, by their true spelling. */
        List<String> reads();

        /** Columns written, by their true spelling. */
        List<String> writes();

        /** What makes the values written; null: they are the values read. */
        @Nullable
        RowTransform transform();

        /** Rows transformed at once in each worker. */
        int concurrency();

        /** What stands for the code of the transform, which cannot be read: a version, or the name of its class. */
        String version();

        /**
         * What is done, in the shape of SQL: it tells the tables, their locks, the columns set and the plan of a chunk, and
         * is never run.
         *
         * @param table that is walked
         */
        String shape(QualifiedName table);

        /** What counts for checksums, beside table, key and condition. */
        List<String> facts();

        /** For people: what is read and written, and by what. */
        String describe();
    }

    /** Rows are changed in place by a function. */
    record Transform(List<String> reads, List<String> writes, RowTransform transform, int concurrency, String version)
            implements OfRows {
        public Transform {
            reads = List.copyOf(reads);
            writes = List.copyOf(writes);
        }

        @Override
        public String shape(QualifiedName table) {
            return "UPDATE " + table.quoted() + " SET "
                    + writes.stream()
                            .map(column -> quote(column) + " = " + quote(column))
                            .collect(Collectors.joining(", "))
                    + " WHERE ${chunk}";
        }

        @Override
        public List<String> facts() {
            return List.of("transform", list(reads), list(writes), version);
        }

        @Override
        public String describe() {
            return "in the JVM: " + version + " reads " + list(reads) + ", writes " + list(writes) + ", " + concurrency
                    + " rows at once in each worker";
        }
    }

    /**
     * Rows of another database are copied here.
     *
     * @param from name of that database
     * @param into table that is written
     * @param onConflict what stands behind ON CONFLICT; null: nothing
     */
    record Copy(
            String from,
            QualifiedName into,
            List<String> reads,
            List<String> writes,
            @Nullable RowTransform transform,
            int concurrency,
            String version,
            @Nullable String onConflict)
            implements OfRows {
        public Copy {
            reads = List.copyOf(reads);
            writes = List.copyOf(writes);
        }

        @Override
        public String shape(QualifiedName table) {
            return "INSERT INTO " + into.quoted() + " (" + list(writes) + ") SELECT "
                    + (transform == null ? list(reads) : "*") + " FROM " + table.quoted() + " WHERE ${chunk}"
                    + (onConflict == null ? "" : " ON CONFLICT " + onConflict);
        }

        @Override
        public List<String> facts() {
            return List.of(
                    "copy", into.quoted(), list(reads), list(writes), version, onConflict == null ? "" : onConflict);
        }

        @Override
        public String describe() {
            return "copy from database '" + from + "': reads " + list(reads) + ", writes " + list(writes) + " of "
                    + into
                    + (transform == null
                            ? ""
                            : ", by " + version + ", " + concurrency + " rows at once in each worker");
        }
    }

    private static String list(List<String> columns) {
        return columns.stream().map(QualifiedName::quote).collect(Collectors.joining(", "));
    }
}
