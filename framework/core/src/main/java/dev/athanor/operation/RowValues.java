package dev.athanor.operation;

import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows as they stand behind {@code VALUES}.
 *
 * @param rows the values of each row, as they are written
 */
record RowValues(List<List<String>> rows) {
    /** More closing parentheses than any row has. */
    private static final int NEVER = 1 << 20;

    RowValues {
        rows = List.copyOf(rows);
    }

    /** The rows of a text; none when it holds anything else. */
    static RowValues parse(String body) {
        String text = RawBody.inner(body);
        List<Token> tokens = SqlTokens.ofTemplate(text).code();
        int at = !tokens.isEmpty() && tokens.get(0).isWord("VALUES") ? 1 : 0;
        List<List<String>> rows = new ArrayList<>();
        while (at < tokens.size() && tokens.get(at).kind() == TokenKind.OPEN) {
            List<String> row = new ArrayList<>();
            at = row(text, tokens, at, row);
            rows.add(row);
            if (at < tokens.size() && tokens.get(at).kind() == TokenKind.COMMA) {
                at++;
            } else {
                break;
            }
        }
        return at == tokens.size() ? new RowValues(rows) : new RowValues(List.of());
    }

    /** Reads one row; the place behind it, or one behind all when it is never closed. */
    private static int row(String text, List<Token> tokens, int open, List<String> row) {
        int depth = 0;
        int from = tokens.get(open).end();
        for (int at = open; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            depth += step(token);
            if (depth == 0 || depth == 1 && token.kind() == TokenKind.COMMA) {
                row.add(text.substring(from, token.start()).strip());
                from = token.end();
            }
            if (depth == 0) {
                return at + 1;
            }
        }
        return tokens.size() + 1;
    }

    /** Deeper, less deep, or neither; what cannot stand in a row goes so deep that the row never ends. */
    private static int step(Token token) {
        return switch (token.kind()) {
            case OPEN -> 1;
            case CLOSE -> -1;
            case SEMICOLON, UNCLOSED, STRAY -> NEVER;
            case PUNCTUATION -> token.isSymbol("[") ? 1 : token.isSymbol("]") ? -1 : 0;
            default -> 0;
        };
    }

    /** Behind {@code VALUES}. */
    String values() {
        return String.join(
                ",\n",
                rows.stream().map(row -> "(" + String.join("\n, ", row) + "\n)").toList());
    }

    /** The values of some columns in each row, as they stand behind {@code IN}. */
    String values(List<Integer> places) {
        return rows.stream()
                .map(row -> places.stream().map(row::get).collect(Collectors.joining("\n, ", "(", "\n)")))
                .collect(Collectors.joining(",\n", "(", ")"));
    }
}
