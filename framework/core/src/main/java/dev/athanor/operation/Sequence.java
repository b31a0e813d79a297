package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/** Statements about sequences. */
final class Sequence {
    private Sequence() {}

    static Part create(QualifiedName name, String begin, @Nullable String options) {
        return Part.schema(begin + " " + Names.quoted(name) + (options == null ? "" : " " + options) + ";");
    }

    static Part drop(QualifiedName name, String begin) {
        return Part.schema(begin + " " + Names.quoted(name) + ";");
    }
}
