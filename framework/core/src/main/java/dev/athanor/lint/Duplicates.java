package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.CreateTable;
import dev.athanor.lint.Statement.CreateView;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** NM3: a column that is declared or assigned twice. */
final class Duplicates implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        Statement statement = site.statement();
        if (statement instanceof CreateTable create) {
            report(site, create.columns().stream().map(Column::name).toList(), "declared", scope);
            create.constraints().forEach(constraint -> report(site, constraint.columns(), "named", scope));
            report(site, outputs(create.query()), "selected", scope);
        } else if (statement instanceof CreateView view) {
            report(site, view.columns().isEmpty() ? outputs(view.query()) : view.columns(), "declared", scope);
        } else if (statement instanceof Statement.CreateOther other) {
            report(site, other.columns(), "declared", scope);
        } else if (statement instanceof Statement.Rows rows) {
            rows.changes().forEach(change -> report(site, change.columns(), "assigned", scope));
        }
    }

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (action instanceof AlterAction.AddColumn add && !add.ifNotExists()) {
            TableState.ColumnState known =
                    scope.history().table(alter.name()).columns.get(add.column().name());
            if (known != null && known.made) {
                scope.report(site, draft(add.column().name(), "declared"));
            }
        } else if (action instanceof AlterAction.AddConstraint add) {
            report(site, add.constraint().columns(), "named", scope);
        }
    }

    /** The names that a SELECT list gives with AS; nothing of a list that has a star or more than one SELECT. */
    private static List<String> outputs(Expression query) {
        TokenCursor cursor = new TokenCursor(query.bare().code());
        List<String> names = new ArrayList<>();
        if (!cursor.skip("select") || cursor.peek().isWord("distinct")) {
            return names;
        }
        Token before = cursor.peek();
        while (!cursor.atEnd()
                && !cursor.peek().isWord("from")
                && !cursor.peek().isWord("union")) {
            Token token = cursor.peek();
            boolean alias = before.isWord("as") && token.isName();
            Token next = cursor.ahead(1);
            boolean ends = next.kind() == TokenKind.COMMA
                    || next.isWord("from")
                    || cursor.rest().size() == 1;
            if (alias && ends) {
                names.add(token.identifier());
            }
            before = token;
            cursor.skipNested();
        }
        return names;
    }

    private static void report(Site site, List<String> columns, String how, Scope scope) {
        Set<String> seen = new HashSet<>();
        Set<String> reported = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column) && reported.add(column)) {
                scope.report(site, draft(column, how));
            }
        }
    }

    private static Draft draft(String column, String how) {
        return Draft.of(
                LintRule.NM3,
                "The column " + QualifiedName.quote(column) + " is " + how + " twice: the statement fails.",
                "-- name " + QualifiedName.quote(column) + " once");
    }
}
