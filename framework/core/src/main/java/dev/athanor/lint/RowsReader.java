package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the changes of rows in a statement, at any depth, and the settings that it changes by {@code set_config}. */
final class RowsReader {
    private static final Set<String> END_OF_VALUE = Set.of("where", "returning", "from", "when");

    private final List<Token> code;
    private final List<Statement.RowChange> changes = new ArrayList<>();
    private final List<Statement.SetParameter> settings = new ArrayList<>();

    private RowsReader(List<Token> code) {
        this.code = code;
    }

    static Statement.Rows read(List<Token> code) {
        RowsReader reader = new RowsReader(code);
        for (int i = 0; i < code.size(); i++) {
            reader.at(i);
        }
        return new Statement.Rows(reader.changes, reader.settings);
    }

    private void at(int index) {
        Token token = code.get(index);
        TokenKind before = index == 0 ? TokenKind.OPEN : code.get(index - 1).kind();
        boolean explained = index > 0
                && code.get(0).isWord("explain")
                && code.get(index - 1).isWord("analyze");
        boolean begins = before == TokenKind.OPEN || before == TokenKind.CLOSE || explained;
        TokenCursor cursor = new TokenCursor(code.subList(index, code.size()));
        if (begins && cursor.skip("update")) {
            update(cursor);
        } else if (begins && cursor.skip("delete", "from")) {
            cursor.skip("only");
            QualifiedName table = cursor.name();
            add("delete", table, List.of(), where(cursor));
        } else if (begins && cursor.skip("insert", "into")) {
            insert(cursor);
        } else if (begins && cursor.skip("merge", "into")) {
            merge(cursor);
        } else if (token.isName()
                && token.identifier().equals("set_config")
                && cursor.ahead(1).kind() == TokenKind.OPEN) {
            cursor.next();
            setting(TokenCursor.items(cursor.parenthesized()));
        }
    }

    private void setting(List<List<Token>> arguments) {
        boolean strings = arguments.size() == 3 && arguments.stream().limit(2).allMatch(RowsReader::isString);
        if (strings) {
            settings.add(new Statement.SetParameter(
                    SetReader.string(arguments.get(0).get(0)).toLowerCase(Locale.ROOT),
                    SetReader.string(arguments.get(1).get(0)),
                    !arguments.get(2).isEmpty() && arguments.get(2).get(0).isWord("true")));
        }
    }

    /** Whether it is a text constant, cast or not. */
    private static boolean isString(List<Token> item) {
        return !item.isEmpty()
                && item.get(0).kind() == TokenKind.STRING
                && (item.size() == 1 || item.get(1).isSymbol("::"));
    }

    private void add(String verb, @Nullable QualifiedName table, List<String> columns, @Nullable Expression where) {
        if (table != null) {
            changes.add(new Statement.RowChange(verb, table, columns, where));
        }
    }

    private void update(TokenCursor cursor) {
        cursor.skip("only");
        QualifiedName table = cursor.name();
        cursor.skipSymbol("*");
        cursor.skip("as");
        if (cursor.peek().isName() && !cursor.peek().isWord("set")) {
            cursor.next();
        }
        if (cursor.skip("set")) {
            List<String> columns = assignments(cursor);
            add("update", table, columns, where(cursor));
        }
    }

    private void insert(TokenCursor cursor) {
        QualifiedName table = cursor.name();
        if (cursor.skip("as")) {
            cursor.next();
        }
        boolean query = cursor.ahead(1).isWord("select")
                || cursor.ahead(1).isWord("with")
                || cursor.ahead(1).isWord("values");
        add("insert", table, query ? List.of() : columnList(cursor.parenthesized()), null);
        while (!cursor.atEnd() && cursor.peek().kind() != TokenKind.CLOSE) {
            if (cursor.skip("do", "update", "set")) {
                add("insert", table, assignments(cursor), null);
            } else {
                cursor.skipNested();
            }
        }
    }

    private void merge(TokenCursor cursor) {
        cursor.skip("only");
        QualifiedName table = cursor.name();
        boolean changesExisting = false;
        while (!cursor.atEnd() && cursor.peek().kind() != TokenKind.CLOSE) {
            if (cursor.skip("update", "set")) {
                changesExisting = true;
                add("insert", table, assignments(cursor), null);
            } else if (cursor.skip("then", "delete")) {
                changesExisting = true;
            } else {
                cursor.skipNested();
            }
        }
        if (changesExisting) {
            add("merge", table, List.of(), null);
        }
    }

    /** Names that are followed by a comma or the end: what is subscripted or a field may come twice. */
    private static List<String> columnList(List<Token> list) {
        List<String> columns = new ArrayList<>();
        for (List<Token> item : TokenCursor.items(list)) {
            if (item.size() == 1 && item.get(0).isName()) {
                columns.add(item.get(0).identifier());
            }
        }
        return columns;
    }

    private static List<String> assignments(TokenCursor cursor) {
        List<String> columns = new ArrayList<>();
        do {
            if (cursor.peek().kind() == TokenKind.OPEN) {
                columns.addAll(columnList(cursor.parenthesized()));
            } else if (cursor.peek().isName() && cursor.ahead(1).isSymbol("=")) {
                columns.add(cursor.next().identifier());
            }
            value(cursor);
        } while (cursor.skipComma());
        return columns;
    }

    private static void value(TokenCursor cursor) {
        while (!cursor.atEnd()) {
            Token token = cursor.peek();
            boolean distinct = token.isWord("from") && cursor.before(1).isWord("distinct");
            boolean cases = token.isWord("when") && !cursor.before(1).isWord("matched");
            boolean ends = token.kind() == TokenKind.WORD && END_OF_VALUE.contains(token.identifier());
            if (token.kind() == TokenKind.COMMA || token.kind() == TokenKind.CLOSE || ends && !distinct && !cases) {
                return;
            }
            if (token.isWord("case")) {
                cases(cursor);
            } else {
                cursor.skipNested();
            }
        }
    }

    private static void cases(TokenCursor cursor) {
        int depth = 0;
        do {
            depth += cursor.peek().isWord("case") ? 1 : cursor.peek().isWord("end") ? -1 : 0;
            cursor.skipNested();
        } while (depth > 0 && !cursor.atEnd());
    }

    private static @Nullable Expression where(TokenCursor cursor) {
        while (!cursor.atEnd() && cursor.peek().kind() != TokenKind.CLOSE) {
            if (cursor.skip("where")) {
                List<Token> rest = cursor.rest();
                int start = cursor.position();
                while (!cursor.atEnd()
                        && cursor.peek().kind() != TokenKind.CLOSE
                        && !cursor.peek().isWord("returning")) {
                    cursor.skipNested();
                }
                return Expression.of(rest.subList(0, Math.min(rest.size(), cursor.position() - start)));
            }
            cursor.skipNested();
        }
        return null;
    }
}
