package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Recognises statements. What it does not know is {@link Statement.Unknown}; it never fails. */
final class StatementReader {
    private static final Set<String> ROWS =
            Set.of("select", "values", "table", "with", "insert", "update", "delete", "merge", "declare", "explain");

    /** Statements that no rule looks at and that may run twice. */
    private static final Set<String> PLAIN = Set.of(
            "checkpoint",
            "close",
            "comment",
            "copy",
            "deallocate",
            "discard",
            "fetch",
            "grant",
            "listen",
            "load",
            "lock",
            "move",
            "notify",
            "prepare",
            "reassign",
            "release",
            "revoke",
            "savepoint",
            "security",
            "show",
            "unlisten");

    private static final Map<String, Statement.Control.Kind> CONTROL = Map.of(
            "begin", Statement.Control.Kind.BEGIN,
            "start", Statement.Control.Kind.BEGIN,
            "commit", Statement.Control.Kind.COMMIT,
            "end", Statement.Control.Kind.COMMIT,
            "rollback", Statement.Control.Kind.ROLLBACK,
            "abort", Statement.Control.Kind.ROLLBACK);

    /** Kinds of objects whose names are no identifiers. */
    private static final Set<String> NAMED_BY_SIGNS = Set.of("cast", "operator", "transform");

    private StatementReader() {}

    /** @param code tokens of one statement without comments and semicolon */
    static Statement read(List<Token> code) {
        TokenCursor cursor = new TokenCursor(code);
        Token first = cursor.peek();
        if (first.kind() == TokenKind.OPEN) {
            return RowsReader.read(code);
        }
        if (first.kind() != TokenKind.WORD) {
            return new Statement.Unknown(first.text());
        }
        String word = first.text().toLowerCase(Locale.ROOT);
        Statement.Control.Kind control = CONTROL.get(word);
        if (control != null) {
            return control(control, cursor);
        }
        if (cursor.skip("prepare", "transaction")) {
            return new Statement.Control(Statement.Control.Kind.PREPARE, false);
        }
        return switch (word) {
            case "alter" -> AlterReader.read(cursor);
            case "create" -> CreateReader.read(cursor);
            case "drop" -> drop(cursor);
            case "set", "reset" -> SetReader.read(cursor);
            case "do" -> block(cursor);
            case "call", "execute" -> new Statement.Opaque(word.equals("call"));
            case "truncate" -> truncate(cursor);
            case "vacuum", "analyze", "analyse" -> MaintenanceReader.vacuum(cursor);
            case "cluster" -> MaintenanceReader.cluster(cursor);
            case "reindex" -> MaintenanceReader.reindex(cursor);
            case "refresh" -> MaintenanceReader.refresh(cursor);
            case "import" -> new Statement.Plain("IMPORT", false);
            default ->
                ROWS.contains(word)
                        ? RowsReader.read(code)
                        : PLAIN.contains(word) ? new Statement.Plain(word, true) : new Statement.Unknown(first.text());
        };
    }

    private static Statement control(Statement.Control.Kind kind, TokenCursor cursor) {
        boolean start = cursor.next().isWord("start");
        if (start && !cursor.peek().isWord("transaction")) {
            return new Statement.Unknown("START " + cursor.peek().text());
        }
        boolean savepoint = kind == Statement.Control.Kind.ROLLBACK
                && cursor.rest().stream().anyMatch(token -> token.isWord("to"));
        if (savepoint) {
            return new Statement.Plain("ROLLBACK TO", true);
        }
        boolean no = cursor.rest().stream().anyMatch(token -> token.isWord("no"));
        boolean chain = cursor.rest().stream().anyMatch(token -> token.isWord("chain"));
        return new Statement.Control(kind, chain && !no);
    }

    private static Statement drop(TokenCursor cursor) {
        cursor.skip("drop");
        StringBuilder kind = new StringBuilder(cursor.next().text().toLowerCase(Locale.ROOT));
        List<String> second = List.of(
                "materialized",
                "foreign",
                "event",
                "access",
                "text",
                "user",
                "operator",
                "owned",
                "large",
                "procedural");
        if (second.contains(kind.toString()) && !cursor.peek().isWord("if")) {
            kind.append(' ').append(cursor.next().text().toLowerCase(Locale.ROOT));
        }
        if (NAMED_BY_SIGNS.stream().anyMatch(kind.toString()::startsWith)) {
            return new Statement.Plain("DROP " + kind, cursor.peek().isWord("if"));
        }
        boolean concurrently = kind.toString().equals("index") && cursor.skip("concurrently");
        boolean ifExists = cursor.skip("if", "exists");
        List<QualifiedName> names = new ArrayList<>();
        do {
            QualifiedName name = cursor.name();
            if (name != null) {
                names.add(name);
            }
            cursor.parenthesized();
        } while (cursor.skipComma());
        boolean cascade = cursor.rest().stream().anyMatch(token -> token.isWord("cascade"));
        return names.isEmpty()
                ? new Statement.Unknown("DROP " + kind.toString().toUpperCase(Locale.ROOT))
                : new Statement.Drop(kind.toString(), names, ifExists, concurrently, cascade);
    }

    private static Statement truncate(TokenCursor cursor) {
        cursor.skip("truncate");
        cursor.skip("table");
        List<QualifiedName> tables = new ArrayList<>();
        do {
            cursor.skip("only");
            QualifiedName table = cursor.name();
            cursor.skipSymbol("*");
            if (table != null) {
                tables.add(table);
            }
        } while (cursor.skipComma());
        boolean cascade = cursor.rest().stream().anyMatch(token -> token.isWord("cascade"));
        return new Statement.Truncate(tables, cascade);
    }

    private static Statement block(TokenCursor cursor) {
        cursor.skip("do");
        String language = "plpgsql";
        String body = "";
        while (!cursor.atEnd()) {
            if (cursor.skip("language")) {
                Token name = cursor.next();
                language = name.kind() == TokenKind.STRING ? SetReader.string(name) : name.identifier();
            } else {
                body = body(cursor.next());
            }
        }
        return new Statement.DoBlock(language, body);
    }

    /** The text within a dollar quote or a string. */
    static String body(Token token) {
        String text = token.text();
        if (token.kind() == TokenKind.DOLLAR_STRING) {
            int tag = text.indexOf('$', 1) + 1;
            return text.substring(tag, text.length() - tag);
        }
        return token.kind() == TokenKind.STRING ? SetReader.string(token) : "";
    }
}
