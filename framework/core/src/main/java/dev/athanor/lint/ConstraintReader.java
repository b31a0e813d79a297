package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads constraints of tables, as they stand in CREATE TABLE and behind ADD. */
final class ConstraintReader {
    private static final List<String> BEGINNINGS =
            List.of("constraint", "check", "unique", "primary", "foreign", "exclude");

    private ConstraintReader() {}

    /** Whether a constraint begins here; NOT NULL only behind a name or another name. */
    static boolean begins(TokenCursor cursor) {
        return BEGINNINGS.stream().anyMatch(cursor.peek()::isWord)
                || cursor.peek().isWord("not") && cursor.ahead(1).isWord("null");
    }

    /** The constraint that comes next and reaches to the end; null when it has no form that is known. */
    static @Nullable Constraint read(TokenCursor cursor) {
        @Nullable String name = cursor.skip("constraint") ? cursor.next().identifier() : null;
        String definition = Expression.of(cursor.rest()).text();
        if (cursor.skip("check")) {
            Expression check = Expression.of(cursor.parenthesized());
            return of(name, Kind.CHECK, check.isEmpty() ? null : check, cursor, definition);
        }
        if (cursor.skip("not", "null")) {
            List<String> columns = List.of(cursor.next().identifier());
            return new Draft(name, Kind.NOT_NULL, columns, definition).finish(cursor);
        }
        if (cursor.skip("unique") || cursor.skip("primary", "key")) {
            Kind kind = cursor.before(1).isWord("unique") ? Kind.UNIQUE : Kind.PRIMARY_KEY;
            return key(name, kind, cursor, definition);
        }
        if (cursor.skip("exclude")) {
            return new Draft(name, Kind.EXCLUDE, List.of(), definition).finish(cursor);
        }
        if (cursor.skip("foreign", "key")) {
            List<String> columns = names(cursor.parenthesized());
            if (cursor.skip("references")) {
                Draft draft = new Draft(name, Kind.FOREIGN_KEY, columns, definition);
                draft.referenced = cursor.name();
                draft.referencedColumns = names(cursor.parenthesized());
                return draft.referenced == null ? null : draft.finish(cursor);
            }
        }
        return null;
    }

    private static @Nullable Constraint of(
            @Nullable String name, Kind kind, @Nullable Expression check, TokenCursor cursor, String definition) {
        if (check == null) {
            return null;
        }
        Draft draft = new Draft(name, kind, List.of(), definition);
        draft.check = check;
        return draft.finish(cursor);
    }

    private static Constraint key(@Nullable String name, Kind kind, TokenCursor cursor, String definition) {
        boolean distinct = cursor.skip("nulls", "not", "distinct") || cursor.skip("nulls", "distinct");
        Draft draft = new Draft(name, kind, names(cursor.parenthesized()), definition);
        if (!distinct && cursor.skip("using", "index") && !cursor.peek().isWord("tablespace")) {
            draft.usingIndex = cursor.next().identifier();
        }
        return draft.finish(cursor);
    }

    /** The first name of each item of a list. */
    static List<String> names(List<Token> list) {
        List<String> names = new ArrayList<>();
        for (List<Token> item : TokenCursor.items(list)) {
            if (!item.isEmpty() && item.get(0).isName()) {
                names.add(item.get(0).identifier());
            }
        }
        return names;
    }

    /** Whether NOT VALID stands in it outside parentheses. */
    static boolean isNotValid(Expression definition) {
        TokenCursor cursor = new TokenCursor(definition.code());
        while (!cursor.atEnd()) {
            if (cursor.peek().isWord("not") && cursor.ahead(1).isWord("valid")) {
                return true;
            }
            cursor.skipNested();
        }
        return false;
    }

    /** What is known of a constraint before its attributes are read. */
    static final class Draft {
        private final @Nullable String name;
        private final Kind kind;
        private final List<String> columns;
        private final String definition;
        Expression check = Expression.of(List.of());

        @Nullable
        QualifiedName referenced;

        List<String> referencedColumns = List.of();

        @Nullable
        String usingIndex;

        Draft(@Nullable String name, Kind kind, List<String> columns, String definition) {
            this.name = name;
            this.kind = kind;
            this.columns = columns;
            this.definition = definition;
        }

        /** With the attributes in all that is left. */
        Constraint finish(TokenCursor cursor) {
            boolean notValid = false;
            boolean notEnforced = false;
            while (!cursor.atEnd()) {
                notValid |= cursor.peek().isWord("not") && cursor.ahead(1).isWord("valid");
                notEnforced |= cursor.peek().isWord("not") && cursor.ahead(1).isWord("enforced");
                cursor.skipNested();
            }
            return constraint(notValid, notEnforced);
        }

        Constraint constraint(boolean notValid, boolean notEnforced) {
            return new Constraint(
                    name,
                    kind,
                    columns,
                    check,
                    referenced,
                    referencedColumns,
                    notValid,
                    notEnforced,
                    usingIndex,
                    definition);
        }
    }
}
