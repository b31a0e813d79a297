package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code ALTER TABLE} and its relatives from behind the kind on. */
final class AlterTableReader {
    private static final List<String> REPEATABLE = List.of(
            "owner", "force", "replica", "options", "reset", "cluster", "no", "not", "enable", "disable", "depends");

    private AlterTableReader() {}

    static Statement read(String kind, TokenCursor cursor) {
        boolean ifExists = cursor.skip("if", "exists");
        if (cursor.skip("all", "in", "tablespace")) {
            return allInTablespace(kind, cursor);
        }
        cursor.skip("only");
        QualifiedName name = cursor.name();
        if (name == null) {
            return new Statement.Unknown("ALTER " + kind.toUpperCase(Locale.ROOT));
        }
        cursor.skipSymbol("*");
        List<AlterAction> actions = new ArrayList<>();
        if (kind.equals("sequence") && isSequenceOption(cursor)) {
            actions.add(new AlterAction.Plain(true));
        } else {
            for (List<Token> item : TokenCursor.items(cursor.rest())) {
                actions.add(action(new TokenCursor(item)));
            }
        }
        return actions.isEmpty()
                ? new Statement.Unknown("ALTER " + kind.toUpperCase(Locale.ROOT) + " without an action")
                : new Statement.AlterTable(kind, name, ifExists, actions);
    }

    private static boolean isSequenceOption(TokenCursor cursor) {
        return List.of("as", "increment", "minvalue", "maxvalue", "no", "start", "restart", "cache", "cycle", "owned")
                .stream()
                .anyMatch(cursor.peek()::isWord);
    }

    private static Statement allInTablespace(String kind, TokenCursor cursor) {
        QualifiedName tablespace = cursor.name();
        QualifiedName all = tablespace == null ? new QualifiedName(null, "") : tablespace;
        return new Statement.AlterTable(kind, all, false, List.of(new AlterAction.Relocate("SET TABLESPACE")));
    }

    private static AlterAction action(TokenCursor action) {
        String words = Expression.of(action.rest()).text();
        AlterAction read = read(action);
        return read == null ? new AlterAction.UnknownAction(words) : read;
    }

    private static @Nullable AlterAction read(TokenCursor action) {
        if (action.skip("add")) {
            return add(action);
        }
        if (action.skip("drop")) {
            return drop(action);
        }
        if (action.skip("alter")) {
            return alter(action);
        }
        if (action.skip("validate", "constraint")) {
            return new AlterAction.Validate(action.next().identifier());
        }
        if (action.skip("rename")) {
            return rename(action);
        }
        if (action.skip("attach", "partition")) {
            QualifiedName partition = action.name();
            boolean byDefault = action.peek().isWord("default");
            return partition == null
                    ? null
                    : new AlterAction.Attach(
                            partition, byDefault ? Expression.of(List.of()) : Expression.of(action.rest()));
        }
        if (action.skip("detach", "partition")) {
            QualifiedName partition = action.name();
            return partition == null
                    ? null
                    : new AlterAction.Detach(partition, action.skip("concurrently"), action.skip("finalize"));
        }
        return others(action);
    }

    private static @Nullable AlterAction others(TokenCursor action) {
        boolean enable = action.peek().isWord("enable");
        if (enable || action.peek().isWord("disable")) {
            action.next();
            boolean mode = action.skip("always") || action.skip("replica");
            if (action.skip("trigger")) {
                return new AlterAction.SwitchTrigger(action.next().identifier(), enable);
            }
            return action.peek().isWord("rule") || !mode && action.peek().isWord("row")
                    ? new AlterAction.Plain(true)
                    : null;
        }
        if (action.skip("set")) {
            return set(action);
        }
        if (action.skip("inherit")
                || action.skip("no", "inherit")
                || action.skip("of")
                || action.skip("split")
                || action.skip("merge")) {
            return new AlterAction.Plain(false);
        }
        return REPEATABLE.stream().anyMatch(action.peek()::isWord) ? new AlterAction.Plain(true) : null;
    }

    private static @Nullable AlterAction add(TokenCursor action) {
        Token after = action.ahead(1);
        boolean namedLikeKeyword = action.peek().isWord("constraint") && !after.isName();
        if (ConstraintReader.begins(action) && !namedLikeKeyword) {
            Constraint constraint = ConstraintReader.read(action);
            return constraint == null ? null : new AlterAction.AddConstraint(constraint);
        }
        action.skip("column");
        boolean ifNotExists = action.skip("if", "not", "exists");
        Column column = ColumnReader.read(action);
        return column == null ? null : new AlterAction.AddColumn(column, ifNotExists);
    }

    private static @Nullable AlterAction drop(TokenCursor action) {
        boolean constraint = action.skip("constraint");
        if (!constraint) {
            action.skip("column");
        }
        boolean ifExists = action.skip("if", "exists");
        if (!action.peek().isName()) {
            return null;
        }
        String name = action.next().identifier();
        return constraint ? new AlterAction.DropConstraint(name, ifExists) : new AlterAction.DropColumn(name, ifExists);
    }

    private static @Nullable AlterAction rename(TokenCursor action) {
        if (action.skip("to")) {
            return new AlterAction.RenameTo(action.next().identifier());
        }
        if (action.skip("constraint")) {
            return new AlterAction.Plain(false);
        }
        action.skip("column");
        String from = action.next().identifier();
        return action.skip("to")
                ? new AlterAction.RenameColumn(from, action.next().identifier())
                : null;
    }

    private static @Nullable AlterAction alter(TokenCursor action) {
        if (action.skip("constraint")) {
            return new AlterAction.Plain(true);
        }
        action.skip("column");
        if (action.peek().kind() == TokenKind.NUMBER) {
            return new AlterAction.Plain(true);
        }
        String column = action.next().identifier();
        if (action.skip("type") || action.skip("set", "data", "type")) {
            TypeName type = TypeName.read(action);
            boolean collated = action.skip("collate") && action.name() != null;
            Expression using = action.skip("using") ? Expression.of(action.rest()) : null;
            return type == null ? null : new AlterAction.ChangeType(column, type, using, collated);
        }
        if (action.skip("set", "not", "null")) {
            return new AlterAction.SetNotNull(column);
        }
        if (action.skip("drop", "not", "null")) {
            return new AlterAction.DropNotNull(column);
        }
        if (action.skip("set", "default")) {
            return new AlterAction.SetDefault(column, Expression.of(action.rest()));
        }
        if (action.skip("set", "expression")) {
            action.skip("as");
            return new AlterAction.SetExpression(column, Expression.of(action.rest()));
        }
        if (action.skip("drop", "identity") || action.skip("drop", "expression")) {
            return new AlterAction.Plain(action.peek().isWord("if"));
        }
        boolean identity = action.skip("add", "generated");
        boolean known = identity
                || action.skip("drop", "default")
                || action.skip("set")
                || action.skip("reset")
                || action.skip("restart")
                || action.skip("options");
        return known ? new AlterAction.Plain(!identity) : null;
    }

    private static @Nullable AlterAction set(TokenCursor action) {
        if (action.skip("schema")) {
            return new AlterAction.SetSchema(action.next().identifier());
        }
        for (String word : List.of("tablespace", "logged", "unlogged")) {
            if (action.peek().isWord(word)) {
                return new AlterAction.Relocate("SET " + word.toUpperCase(Locale.ROOT));
            }
        }
        if (action.skip("access", "method")) {
            return new AlterAction.Relocate("SET ACCESS METHOD");
        }
        boolean known = action.peek().kind() == TokenKind.OPEN
                || action.peek().isWord("without")
                || action.peek().isWord("with");
        return known ? new AlterAction.Plain(true) : null;
    }
}
