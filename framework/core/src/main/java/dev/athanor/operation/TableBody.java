package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is made.
 *
 * @param columns what stands between the parentheses
 * @param partitionBy what stands behind {@code PARTITION BY}; null: it is not partitioned
 * @param with storage parameters; null: none
 * @param comment on the table; null: none
 */
record TableBody(
        String columns,
        @Nullable String partitionBy,
        @Nullable String with,
        @Nullable String comment) {
    static TableBody of(Arguments arguments, String columns) {
        return new TableBody(
                RawBody.inner(columns),
                arguments.sqlOrNull("partition-by"),
                arguments.sqlOrNull("with"),
                arguments.textOrNull("comment"));
    }

    static TableBody of(String columns) {
        return new TableBody(RawBody.inner(columns), null, null, null);
    }

    void validate(Objections objections) {
        RawBody.checkInner(objections, "columns and constraints, as between the parentheses of CREATE TABLE", columns);
    }

    /** The line break ends a comment that stands last. */
    String create(QualifiedName table, String begin) {
        return begin + " " + Names.quoted(table) + " (\n" + columns + "\n)"
                + (partitionBy == null ? "" : " PARTITION BY " + partitionBy)
                + (with == null ? "" : " WITH (" + with + ")") + ";\n"
                + (comment == null
                        ? ""
                        : "COMMENT ON TABLE " + Names.quoted(table) + " IS " + Names.literal(comment) + ";\n");
    }
}
