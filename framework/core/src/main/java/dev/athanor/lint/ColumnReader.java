package dev.athanor.lint;

import dev.athanor.lint.Column.Generation;
import dev.athanor.lint.Constraint.Kind;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the definition of one column: its name, its type and what stands behind in any order. */
final class ColumnReader {
    /** Words that end a default. */
    private static final Set<String> CLAUSES = Set.of(
            "constraint",
            "not",
            "null",
            "unique",
            "primary",
            "check",
            "references",
            "default",
            "generated",
            "collate",
            "deferrable",
            "initially",
            "storage",
            "compression",
            "enforced");

    private final TokenCursor cursor;
    private final List<Constraint> constraints = new ArrayList<>();
    private String name = "";
    private @Nullable Expression value;
    private Generation generation = Generation.NONE;
    private @Nullable String constraintName;

    private ColumnReader(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** Reads a column up to the end; null when no name comes next. */
    static @Nullable Column read(TokenCursor cursor) {
        return cursor.peek().isName() ? new ColumnReader(cursor).column() : null;
    }

    private Column column() {
        name = cursor.next().identifier();
        boolean typed = !cursor.peek().isWord("with")
                && !(cursor.peek().kind() == TokenKind.WORD
                        && CLAUSES.contains(cursor.peek().identifier()));
        TypeName type = typed ? TypeName.read(cursor) : null;
        while (!cursor.atEnd()) {
            clause();
        }
        return new Column(name, type, value, generation, constraints);
    }

    private void clause() {
        if (cursor.skip("constraint")) {
            constraintName = cursor.next().identifier();
        } else if (cursor.skip("not", "null")) {
            add(new ConstraintReader.Draft(constraintName, Kind.NOT_NULL, List.of(name), "NOT NULL"));
        } else if (cursor.skip("default")) {
            value = expression();
        } else if (cursor.skip("check")) {
            List<Token> check = cursor.parenthesized();
            Expression condition = Expression.of(check);
            ConstraintReader.Draft draft = new ConstraintReader.Draft(
                    constraintName, Kind.CHECK, List.of(name), "CHECK (" + condition.text() + ")");
            draft.check = condition;
            add(draft);
        } else if (cursor.skip("unique")) {
            add(new ConstraintReader.Draft(constraintName, Kind.UNIQUE, List.of(name), "UNIQUE"));
        } else if (cursor.skip("primary", "key")) {
            add(new ConstraintReader.Draft(constraintName, Kind.PRIMARY_KEY, List.of(name), "PRIMARY KEY"));
        } else if (cursor.peek().isWord("references")) {
            references();
        } else if (cursor.skip("generated")) {
            generated();
        } else {
            cursor.skipNested();
        }
    }

    private void add(ConstraintReader.Draft draft) {
        boolean notEnforced = cursor.skip("not", "enforced");
        constraints.add(draft.constraint(false, notEnforced));
        constraintName = null;
    }

    private void references() {
        int start = cursor.position();
        List<Token> rest = cursor.rest();
        cursor.next();
        ConstraintReader.Draft draft = null;
        var referenced = cursor.name();
        List<String> columns = ConstraintReader.names(cursor.parenthesized());
        while (cursor.peek().isWord("match") || cursor.peek().isWord("on")) {
            action();
        }
        String text = Expression.of(rest.subList(0, Math.min(rest.size(), cursor.position() - start)))
                .text();
        draft = new ConstraintReader.Draft(constraintName, Kind.FOREIGN_KEY, List.of(name), text);
        draft.referenced = referenced;
        draft.referencedColumns = columns;
        if (referenced != null) {
            add(draft);
        }
    }

    /** {@code MATCH FULL}, {@code ON DELETE SET NULL (a)}. */
    private void action() {
        if (cursor.skip("match")) {
            cursor.next();
            return;
        }
        cursor.skip("on");
        cursor.next();
        if (cursor.skip("set") || cursor.skip("no")) {
            cursor.next();
        } else {
            cursor.next();
        }
        cursor.parenthesized();
    }

    private void generated() {
        cursor.skip("always");
        cursor.skip("by", "default");
        cursor.skip("as");
        if (cursor.skip("identity")) {
            generation = Generation.IDENTITY;
            cursor.parenthesized();
        } else {
            cursor.parenthesized();
            generation = cursor.skip("stored")
                    ? Generation.STORED
                    : cursor.skip("virtual") ? Generation.VIRTUAL : Generation.UNSAID;
        }
    }

    /** A value: what comes until the next clause outside parentheses and CASE. */
    private Expression expression() {
        List<Token> code = new ArrayList<>();
        List<Token> rest = cursor.rest();
        int start = cursor.position();
        int cases = 0;
        do {
            Token token = cursor.peek();
            cases += token.isWord("case") ? 1 : token.isWord("end") ? -1 : 0;
            cursor.skipNested();
        } while (!cursor.atEnd() && (cases > 0 || !endsValue()));
        code.addAll(rest.subList(0, Math.min(rest.size(), cursor.position() - start)));
        return Expression.of(code);
    }

    private boolean endsValue() {
        Token token = cursor.peek();
        boolean comparison = token.isWord("not") && cursor.before(1).isWord("is");
        return token.kind() == TokenKind.WORD && CLAUSES.contains(token.identifier()) && !comparison;
    }
}
