package dev.athanor.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in a list of tokens without comments, for recognising the forms of statements. */
public final class TokenCursor {
    private static final Token END = new Token(TokenKind.STRAY, 0, 0, "");

    private final List<Token> tokens;
    private int position;

    /** Begins before the first token. */
    public TokenCursor(List<Token> tokens) {
        this(tokens, 0);
    }

    TokenCursor(List<Token> tokens, int position) {
        this.tokens = tokens;
        this.position = position;
    }

    /** How many tokens lie behind. */
    public int position() {
        return position;
    }

    /** Whether no token is left. */
    public boolean atEnd() {
        return position >= tokens.size();
    }

    /** The next token, or one that matches nothing. */
    public Token peek() {
        return atEnd() ? END : tokens.get(position);
    }

    /** Steps over the next token and gives it. */
    public Token next() {
        Token token = peek();
        position++;
        return token;
    }

    /** The token so many places before the next one, or one that matches nothing. */
    public Token before(int places) {
        return position - places < 0 ? END : tokens.get(position - places);
    }

    /** The token so many places behind the next one, or one that matches nothing. */
    public Token ahead(int places) {
        return position + places < tokens.size() ? tokens.get(position + places) : END;
    }

    /** The next token and all behind it. */
    public List<Token> rest() {
        return atEnd() ? List.of() : tokens.subList(position, tokens.size());
    }

    /** Steps over these words when they come next, all of them in this order. */
    public boolean skip(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (position + i >= tokens.size() || !tokens.get(position + i).isWord(words[i])) {
                return false;
            }
        }
        position += words.length;
        return true;
    }

    /** Steps over this operator or punctuation when it comes next. */
    public boolean skipSymbol(String symbol) {
        boolean found = peek().isSymbol(symbol);
        position += found ? 1 : 0;
        return found;
    }

    /** Steps over a comma when it comes next. */
    public boolean skipComma() {
        boolean found = peek().kind() == TokenKind.COMMA;
        position += found ? 1 : 0;
        return found;
    }

    /** Steps over a name of up to three parts, of which the last two count; null when none comes next. */
    @Nullable
    public QualifiedName name() {
        List<String> parts = parts();
        int last = parts.size() - 1;
        return last < 0 ? null : new QualifiedName(last == 0 ? null : parts.get(last - 1), parts.get(last));
    }

    /** Steps over a name and gives all its parts; none when none comes next. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>();
        if (peek().isName()) {
            parts.add(next().identifier());
            while (peek().isSymbol(".") && ahead(1).isName()) {
                position++;
                parts.add(next().identifier());
            }
        }
        return parts;
    }

    /** Steps over whatever comes until a token outside parentheses and brackets; stays on that token or at the end. */
    public void skipNested() {
        int depth = 0;
        do {
            Token token = next();
            if (token.kind() == TokenKind.OPEN || token.isSymbol("[")) {
                depth++;
            } else if (token.kind() == TokenKind.CLOSE || token.isSymbol("]")) {
                depth--;
            }
        } while (depth > 0 && !atEnd());
    }

    /** The tokens within the parentheses that come next, and steps over them; none when none come next. */
    public List<Token> parenthesized() {
        if (peek().kind() != TokenKind.OPEN) {
            return List.of();
        }
        int start = position + 1;
        skipNested();
        int end = Math.min(position, tokens.size());
        boolean closed = end > start && tokens.get(end - 1).kind() == TokenKind.CLOSE;
        return tokens.subList(Math.min(start, end), closed ? end - 1 : end);
    }

    /** The tokens up to the next comma outside parentheses and brackets, and steps over them, not over the comma. */
    public List<Token> item() {
        int start = Math.min(position, tokens.size());
        while (!atEnd() && peek().kind() != TokenKind.COMMA) {
            skipNested();
        }
        return tokens.subList(start, Math.min(position, tokens.size()));
    }

    /** The items of a list that is separated by commas. */
    public static List<List<Token>> items(List<Token> list) {
        List<List<Token>> items = new ArrayList<>();
        TokenCursor cursor = new TokenCursor(list);
        while (!cursor.atEnd()) {
            items.add(cursor.item());
            cursor.skipComma();
        }
        return items;
    }
}
