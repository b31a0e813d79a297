package dev.athanor.catalog;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One object of a schema.
 *
 * @param name with its schema, quoted where SQL needs it: {@code public.tickets}, {@code public.tickets.status} (a
 *     column), {@code public.age(integer)}
 * @param parent name of the object that it belongs to and comes and goes with; null when it stands by itself
 * @param definition all that is compared: the first line says what it is, the others owner, privileges, comment …
 */
public record SchemaObject(
        ObjectKind kind, String name, @Nullable String parent, String definition) implements Comparable<SchemaObject> {
    private static final Comparator<SchemaObject> ORDER =
            Comparator.comparing(SchemaObject::kind).thenComparing(SchemaObject::name);

    /** By kind, then by name. */
    @Override
    public int compareTo(SchemaObject other) {
        return ORDER.compare(this, other);
    }

    /** For messages: kind and name. */
    String title() {
        return kind.key() + " " + name;
    }
}
