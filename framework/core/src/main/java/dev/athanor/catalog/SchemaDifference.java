package dev.athanor.catalog;

import java.util.List;
import java.util.Locale;

/**
 * One object in which two pictures differ. What comes or goes with the object that it belongs to (the columns of a new
 * table) is no difference of its own: its definition stands in that object's text.
 *
 * @param was definition in the first picture; empty when it was not there
 * @param is definition in the second; empty when it is gone
 */
public record SchemaDifference(ObjectKind kind, String object, Change change, String was, String is) {

    /** What has happened to an object. */
    public enum Change {
        /** It is only in the second picture. */
        ADDED,
        /** It is only in the first picture. */
        REMOVED,
        /** It is in both and defined differently. */
        CHANGED;

        /** Lower-case name, as in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** All differences, sorted by kind and name; empty when the pictures are equal. */
    public static List<SchemaDifference> between(SchemaPicture was, SchemaPicture is) {
        return SchemaComparison.of(was, is);
    }

    /** One line: {@code column public.tickets.status changed: text -> text not null}. */
    public String line() {
        return kind.key() + " " + object + " " + change.key() + DifferingLines.summary(this);
    }

    /** The line, and below it every line that went ({@code -}) and that came ({@code +}). */
    public String text() {
        return String.join("\n", DifferingLines.all(this));
    }
}
