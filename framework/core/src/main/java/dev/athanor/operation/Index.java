package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index and how it comes and goes while the table is written.
 *
 * @param table has it
 * @param name true spelling, in the schema of the table
 * @param keys what is indexed, as it stands between the parentheses
 * @param unique whether no two rows have the same keys
 * @param using its kind; null: btree
 * @param include columns that are stored with the keys
 * @param where which rows; null: all
 * @param with storage parameters; null: none
 * @param partitioned whether the table is partitioned
 */
record Index(
        QualifiedName table,
        String name,
        String keys,
        boolean unique,
        @Nullable String using,
        List<String> include,
        @Nullable String where,
        @Nullable String with,
        boolean partitioned) {
    Index {
        include = List.copyOf(include);
        Fragments.whole("the keys of index '" + name + "'", keys);
        if (where != null) {
            Fragments.whole("the condition of index '" + name + "'", where);
        }
    }

    static Index of(QualifiedName table, String name, List<String> columns) {
        return on(table, name, Names.quoted(columns));
    }

    static Index on(QualifiedName table, String name, String keys) {
        return new Index(table, name, keys, false, null, List.of(), null, null, false);
    }

    /** Without keys it is known by its name alone; null then. */
    static @Nullable Index readIfTold(Arguments arguments) {
        boolean told = arguments.has("columns") | arguments.has("on");
        return told ? read(arguments) : null;
    }

    static Index read(Arguments arguments) {
        boolean expressions = arguments.has("on");
        if (expressions && arguments.has("columns")) {
            arguments.objection("found 'columns' and 'on', expected one of them");
        }
        return new Index(
                arguments.table("table"),
                arguments.name("name"),
                expressions ? arguments.sql("on") : columns(arguments),
                arguments.flag("unique"),
                arguments.nameOrNull("using"),
                arguments.namesOrNone("include"),
                arguments.sqlOrNull("where"),
                arguments.sqlOrNull("with"),
                arguments.flag("partitioned"));
    }

    private Index copy(
            boolean alone, @Nullable String kind, List<String> stored, @Nullable String rows, boolean parts) {
        return new Index(table, name, keys, alone, kind, stored, rows, with, parts);
    }

    Index asUnique() {
        return copy(true, using, include, where, partitioned);
    }

    Index ofKind(String kind) {
        return copy(unique, kind, include, where, partitioned);
    }

    Index including(List<String> columns) {
        return copy(unique, using, columns, where, partitioned);
    }

    Index onlyWhere(String condition) {
        return copy(unique, using, include, condition, partitioned);
    }

    Index ofPartitions() {
        return copy(unique, using, include, where, true);
    }

    /** Something harmless when an objection leaves no names. */
    private static String columns(Arguments arguments) {
        List<String> names = arguments.names("columns");
        return names.isEmpty() ? "NULL" : Names.quoted(names);
    }

    /** Makes it without keeping anybody from writing. */
    List<Part> create() {
        return partitioned ? ofTree() : analysed(Part.autocommit(statement() + ";"));
    }

    /** What is there by that name before would be taken for one that an earlier run has made. */
    private List<Part> ofTree() {
        String whole = Names.beside(table, name).quoted();
        List<Part> parts = new ArrayList<>();
        parts.add(Guard.refuse(
                "pg_catalog.to_regclass(" + Names.literal(whole) + ") IS NOT NULL",
                "found " + whole + ", expected a name that nothing has: give the index another one"));
        parts.addAll(new PartitionedIndex(this).create());
        return parts;
    }

    /** As {@link #create}, also when it is there still: to drop it was attempted, and nobody knows how far that has come. */
    List<Part> restore() {
        return partitioned
                ? new PartitionedIndex(this).create()
                : analysed(Part.autocommitRows("SELECT " + Names.statement(statement())
                        + " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c"
                        + " ON c.oid = i.indexrelid WHERE i.indrelid = " + Names.regclass(table) + " AND c.relname = "
                        + Names.literal(name) + " AND i.indisvalid);"));
    }

    private String statement() {
        return begin() + " CONCURRENTLY " + Names.quoted(name) + " ON " + Names.quoted(table) + definition();
    }

    /** Of the values of an expression the planner knows nothing before the table is analysed. */
    private List<Part> analysed(Part build) {
        return keys.indexOf('(') < 0
                ? List.of(build)
                : List.of(build, Part.autocommit("ANALYZE " + Names.quoted(table) + ";"));
    }

    /** Takes it away; nothing to do where it is not there. */
    List<Part> drop() {
        return partitioned ? new PartitionedIndex(this).drop() : drop(table, name);
    }

    /** As {@link #drop()}, of an index of which no more is known. */
    static List<Part> drop(QualifiedName table, String name) {
        return List.of(
                Part.autocommit("DROP INDEX CONCURRENTLY IF EXISTS " + Names.quoted(Names.beside(table, name)) + ";"));
    }

    /** {@code CREATE UNIQUE INDEX}. */
    String begin() {
        return unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX";
    }

    /** What stands behind the table. */
    String definition() {
        List<String> words = new ArrayList<>();
        if (using != null) {
            words.add(" USING " + Names.quoted(using));
        }
        words.add(" (" + keys + ")");
        if (!include.isEmpty()) {
            words.add(" INCLUDE (" + Names.quoted(include) + ")");
        }
        if (with != null) {
            words.add(" WITH (" + with + ")");
        }
        if (where != null) {
            words.add(" WHERE " + where);
        }
        return String.join("", words);
    }
}
