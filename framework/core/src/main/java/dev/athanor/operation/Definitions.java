package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes operations on types, sequences, comments, views, functions and triggers in Java. Names are written as in SQL. */
public final class Definitions {
    private Definitions() {}

    /** An enum with these labels. */
    public static Operation createEnum(String name, String... labels) {
        return new CreateEnum(QualifiedName.parse(name), List.of(labels), null);
    }

    /** One more label that sorts behind another. */
    public static Operation addLabelAfter(String name, String label, String other) {
        return new AlterEnum(QualifiedName.parse(name), label, null, other);
    }

    /** One more label that sorts before another. */
    public static Operation addLabelBefore(String name, String label, String other) {
        return new AlterEnum(QualifiedName.parse(name), label, other, null);
    }

    /** A comment on a table; {@code was} is the comment so far, null when there is none. */
    public static Operation commentOnTable(String table, String comment, @Nullable String was) {
        return new CommentOn(CommentTarget.relation("table", QualifiedName.parse(table)), comment, was);
    }

    /** A comment on a column; {@code was} is the comment so far, null when there is none. */
    public static Operation commentOnColumn(String table, String column, String comment, @Nullable String was) {
        QualifiedName name = QualifiedName.parse(table);
        return new CommentOn(CommentTarget.column(name, Operations.nameOf(column)), comment, was);
    }

    /** A new sequence; options as behind CREATE SEQUENCE. */
    public static Operation createSequence(String name, String options) {
        return new CreateSequence(QualifiedName.parse(name), Fragments.whole("the options", options));
    }

    /** A sequence with other options, and the same options so far. */
    public static Operation alterSequence(String name, String options, String was) {
        return new AlterSequence(
                QualifiedName.parse(name),
                Fragments.whole("the options", options),
                Fragments.whole("the options", was));
    }

    /** A sequence less, and its options. */
    public static Operation dropSequence(String name, String options) {
        return new DropSequence(QualifiedName.parse(name), Fragments.whole("the options", options));
    }

    /** A new view. */
    public static Operation createView(String name, String query) {
        return new CreateView(QualifiedName.parse(name), false, new RawBody(query, ""));
    }

    /** A new function or procedure; undo drops it by its signature, {@code name(types)}. */
    public static Operation createFunction(String signature, String statement) {
        return new CreateFunction(Fragments.whole("the signature", signature), new RawBody(statement, ""));
    }

    /** A function or procedure in the place of another, and what brings that back. */
    public static Operation replaceFunction(String statement, String undo) {
        return new CreateFunction(null, new RawBody(statement, undo));
    }

    /** A new trigger. */
    public static Operation createTrigger(String table, String name, String statement) {
        return new CreateTrigger(QualifiedName.parse(table), Operations.nameOf(name), new RawBody(statement, ""));
    }

    /** Statements in one transaction, and those that take them back; empty: they cannot be undone. */
    public static Operation statements(String statements, String undo) {
        return new RawSql(false, new RawBody(statements, undo));
    }
}
