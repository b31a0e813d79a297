package dev.athanor.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts SQL text into the statements that psql would send: at semicolons outside quotes, comments, parentheses and
 * {@code BEGIN ATOMIC … END} bodies. Statements without a token are left out, comments around one too, but for a hint
 * ({@code /*+ … *}{@code /}) right before it.
 */
public final class StatementSplitter {
    private final SqlTokens tokens;
    private final List<Piece> pieces = new ArrayList<>();
    private final RoutineBody body = new RoutineBody();
    private final List<Token> openParentheses = new ArrayList<>();
    private List<Token> current = new ArrayList<>();
    private @Nullable Token hint;

    private StatementSplitter(SqlTokens tokens) {
        this.tokens = tokens;
    }

    /** One statement's tokens, none of them a comment, and where its text begins. */
    private record Piece(int start, List<Token> code) {}

    /**
     * The statements of a script in order. A byte-order mark at its beginning is no part of the first one; the last one
     * needs no semicolon.
     *
     * @throws SqlSyntaxException when a quote, comment, parenthesis or body is never closed, or at a psql command
     */
    public static List<SqlStatement> split(String sql) {
        return split(SqlTokens.of(sql));
    }

    /** As {@link #split(String)}, of text that was read before. */
    public static List<SqlStatement> split(SqlTokens tokens) {
        List<SqlStatement> statements = new ArrayList<>();
        LineIndex lines = new LineIndex(tokens.text());
        for (Piece piece : new StatementSplitter(tokens).pieces()) {
            List<Token> code = piece.code();
            String text = tokens.text()
                    .substring(piece.start(), code.get(code.size() - 1).end());
            statements.add(new SqlStatement(text, lines.line(code.get(0).start()), piece.start()));
        }
        return statements;
    }

    /**
     * The tokens of each statement, without comments and the semicolon at its end.
     *
     * @throws SqlSyntaxException as {@link #split(String)}
     */
    public static List<List<Token>> splitTokens(SqlTokens tokens) {
        List<List<Token>> statements = new ArrayList<>();
        for (Piece piece : new StatementSplitter(tokens).pieces()) {
            statements.add(piece.code());
        }
        return statements;
    }

    private List<Piece> pieces() {
        for (Token token : tokens.all()) {
            if (token.kind().isComment()) {
                hint = current.isEmpty() && token.text().startsWith("/*+") ? token : hint;
                continue;
            }
            accept(token);
            if (token.kind() == TokenKind.SEMICOLON && openParentheses.isEmpty() && !body.isOpen()) {
                finish();
            } else {
                current.add(token);
            }
        }
        if (!openParentheses.isEmpty()) {
            throw failure(openParentheses.get(0), "found '(' that is never closed, expected ')'");
        }
        if (body.isOpen()) {
            throw failure(current.get(0), "found a routine whose BEGIN is never closed, expected END");
        }
        finish();
        return pieces;
    }

    private void finish() {
        if (!current.isEmpty()) {
            int start = hint == null ? current.get(0).start() : hint.start();
            pieces.add(new Piece(start, current));
            current = new ArrayList<>();
        }
        hint = null;
        body.reset();
    }

    private void accept(Token token) {
        switch (token.kind()) {
            case OPEN -> openParentheses.add(token);
            case CLOSE -> {
                if (!openParentheses.isEmpty()) {
                    openParentheses.remove(openParentheses.size() - 1);
                }
            }
            case WORD -> {
                if (body.listens() && !isVariable(token)) {
                    body.word(token, openParentheses.isEmpty());
                }
            }
            case UNCLOSED -> throw failure(token, unclosed(token.text()));
            case STRAY -> {
                if (token.text().equals("\\")) {
                    throw failure(token, "found a backslash, expected SQL: psql's own commands mean nothing here");
                }
            }
            default -> {}
        }
    }

    /** psql takes the word in {@code tags[1:end]} for a variable's name. */
    private boolean isVariable(Token word) {
        if (current.isEmpty()) {
            return false;
        }
        Token previous = current.get(current.size() - 1);
        return previous.isSymbol(":") && previous.touches(word);
    }

    private SqlSyntaxException failure(Token token, String problem) {
        return new SqlSyntaxException(new LineIndex(tokens.text()).line(token.start()), problem);
    }

    private static String unclosed(String text) {
        if (text.startsWith("/*")) {
            return "found a comment that is never closed, expected */";
        }
        if (text.startsWith("$")) {
            String delimiter = text.substring(0, text.indexOf('$', 1) + 1);
            return "found a dollar quote that is never closed, expected " + delimiter;
        }
        boolean name = text.startsWith("\"") || text.startsWith("\"", 2) && text.charAt(1) == '&';
        return name
                ? "found a quoted name that is never closed, expected \""
                : "found a string that is never closed, expected '";
    }
}
