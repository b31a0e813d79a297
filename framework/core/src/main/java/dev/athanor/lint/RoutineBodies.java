package dev.athanor.lint;

import dev.athanor.sql.LineIndex;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the statements that stand word for word in the body of a DO block or function. */
final class RoutineBodies {
    private static final Set<String> OPENERS = Set.of("begin", "then", "else", "loop", "atomic");

    private static final Set<String> FIRST = Set.of(
            "alter",
            "create",
            "drop",
            "truncate",
            "update",
            "delete",
            "insert",
            "merge",
            "with",
            "lock",
            "vacuum",
            "cluster",
            "reindex",
            "refresh",
            "analyze",
            "set",
            "call");

    private RoutineBodies() {}

    /** @param text as it stands in the body */
    record Part(String text, int offset, List<Token> code, Statement statement) {}

    static boolean isDynamic(String body) {
        return SqlTokens.of(body).code().stream().anyMatch(token -> token.isWord("execute"));
    }

    static List<Part> statements(String body) {
        List<Part> parts = new ArrayList<>();
        List<Token> code = SqlTokens.of(body).code();
        TokenCursor cursor = new TokenCursor(code);
        int start = 0;
        while (!cursor.atEnd()) {
            Token token = cursor.peek();
            boolean inStatement = start < cursor.position() && begins(code.get(start));
            boolean opens = !inStatement && token.kind() == TokenKind.WORD && OPENERS.contains(token.identifier());
            if (token.kind() == TokenKind.SEMICOLON || opens) {
                add(body, code.subList(start, cursor.position()), parts);
                start = cursor.position() + 1;
            }
            cursor.skipNested();
        }
        add(body, code.subList(Math.min(start, code.size()), code.size()), parts);
        return parts;
    }

    private static void add(String body, List<Token> code, List<Part> parts) {
        if (code.isEmpty()) {
            return;
        }
        if (code.size() == 2 && code.get(0).isWord("execute") && isText(code.get(1))) {
            String text = StatementReader.body(code.get(1));
            List<Token> inner = SqlTokens.of(text).code();
            parts.add(new Part(text, code.get(0).start(), inner, StatementReader.read(inner)));
        } else if (begins(code.get(0))) {
            int start = code.get(0).start();
            String text = body.substring(start, code.get(code.size() - 1).end());
            List<Token> own = SqlTokens.of(text).code();
            parts.add(new Part(text, start, own, StatementReader.read(own)));
        }
    }

    private static boolean begins(Token token) {
        return token.kind() == TokenKind.WORD && FIRST.contains(token.text().toLowerCase(Locale.ROOT));
    }

    /** The statements of a block as if they stood there themselves, in the one transaction of the block. */
    static List<Site> sites(Site site, Statement.DoBlock block) {
        List<Site> sites = new ArrayList<>();
        int body = Math.max(0, site.text().indexOf(block.body()));
        LineIndex lines = new LineIndex(site.text());
        for (Part part : statements(block.body())) {
            int line = site.place().line() + lines.line(body + part.offset()) - 1;
            sites.add(new Site(
                    site.index(),
                    site.section(),
                    site.sectionIndex(),
                    site.transaction(),
                    true,
                    part.text(),
                    new Place(site.place().file(), line),
                    part.code(),
                    part.statement(),
                    StatementLocks.of(part.code())));
        }
        return sites;
    }

    private static boolean isText(Token token) {
        return token.kind() == TokenKind.STRING || token.kind() == TokenKind.DOLLAR_STRING;
    }
}
