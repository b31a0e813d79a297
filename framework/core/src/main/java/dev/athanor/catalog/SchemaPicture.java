package dev.athanor.catalog;

import java.util.List;
import java.util.Optional;

/**
 * All objects of a database's schemas, in a form that is equal when the schemas are: every name is qualified, and what
 * changes by itself (statistics, values of sequences, rows, storage) is not in it. The order of a table's columns is
 * not in it either, because a column that is dropped and added anew cannot come back to its old place. Not looked at
 * are tablespaces, publications, subscriptions, event triggers, casts, operators and text search.
 *
 * @param serverMajor major version of the server; servers of different versions write definitions differently
 * @param objects sorted
 */
public record SchemaPicture(int serverMajor, List<SchemaObject> objects) {
    public SchemaPicture {
        objects = objects.stream().sorted().toList();
    }

    /** As text that {@link #parse} reads back; one line for each object. */
    public String write() {
        return PictureText.write(this);
    }

    /** Reads what {@link #write} wrote; empty when another version of Athanor wrote it in another form. */
    public static Optional<SchemaPicture> parse(String text) {
        return PictureText.read(text);
    }
}
