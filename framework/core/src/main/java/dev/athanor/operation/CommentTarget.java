package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that has a comment.
 *
 * @param sql what stands behind {@code COMMENT ON}
 * @param found a query of the comment that it has
 */
record CommentTarget(String sql, String found) {
    private static final List<String> RELATIONS = List.of("index", "view", "sequence");

    static CommentTarget read(Arguments arguments) {
        CommentTarget target = null;
        int told = 0;
        for (String relation : RELATIONS) {
            QualifiedName name = arguments.tableOrNull(relation);
            told += name == null ? 0 : 1;
            target = name == null ? target : relation(relation, name);
        }
        QualifiedName table = arguments.tableOrNull("table");
        String[] inside = {
            arguments.nameOrNull("column"), arguments.nameOrNull("constraint"), arguments.nameOrNull("trigger")
        };
        told += table == null ? 0 : 1;
        target = table == null ? target : ofTable(table, inside);
        QualifiedName type = arguments.tableOrNull("type");
        told += type == null ? 0 : 1;
        target = type == null ? target : type(type);
        String function = arguments.sqlOrNull("function");
        told += function == null ? 0 : 1;
        target = function == null ? target : function(function);
        if (told != 1 || target == null) {
            arguments.objection(
                    "found " + told + " objects, expected one of table (with column, constraint or trigger),"
                            + " index, view, sequence, type, function");
            return new CommentTarget("", "");
        }
        return target;
    }

    static CommentTarget relation(String kind, QualifiedName name) {
        return new CommentTarget(
                kind.toUpperCase(Locale.ROOT) + " " + Names.quoted(name),
                "obj_description(" + Names.regclass(name) + ", 'pg_class')");
    }

    static CommentTarget column(QualifiedName table, String column) {
        return new CommentTarget(
                "COLUMN " + Names.quoted(table) + "." + Names.quoted(column),
                "(SELECT col_description(a.attrelid, a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = "
                        + Names.regclass(table) + " AND a.attname = " + Names.literal(column) + ")");
    }

    private static CommentTarget ofTable(QualifiedName table, @Nullable String[] inside) {
        if (inside[0] != null) {
            return column(table, inside[0]);
        }
        if (inside[1] != null) {
            return new CommentTarget(
                    "CONSTRAINT " + Names.quoted(inside[1]) + " ON " + Names.quoted(table),
                    "(SELECT obj_description(c.oid, 'pg_constraint') FROM pg_catalog.pg_constraint c WHERE c.conrelid = "
                            + Names.regclass(table) + " AND c.conname = " + Names.literal(inside[1]) + ")");
        }
        if (inside[2] != null) {
            return new CommentTarget(
                    "TRIGGER " + Names.quoted(inside[2]) + " ON " + Names.quoted(table),
                    "(SELECT obj_description(t.oid, 'pg_trigger') FROM pg_catalog.pg_trigger t WHERE t.tgrelid = "
                            + Names.regclass(table) + " AND t.tgname = " + Names.literal(inside[2]) + ")");
        }
        return relation("table", table);
    }

    private static CommentTarget type(QualifiedName name) {
        return new CommentTarget(
                "TYPE " + Names.quoted(name),
                "obj_description(" + Names.literal(name.quoted()) + "::regtype, 'pg_type')");
    }

    private static CommentTarget function(String signature) {
        return new CommentTarget(
                "FUNCTION " + signature,
                "obj_description(" + Names.statement(signature) + "::regprocedure, 'pg_proc')");
    }
}
