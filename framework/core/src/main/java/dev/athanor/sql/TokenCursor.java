package dev.athanor.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in a list of tokens without comments, for recognising the forms of statements. */
final class TokenCursor {
    private static final Token END = new Token(TokenKind.STRAY, 0, 0, "");

    private final List<Token> tokens;
    private int position;

    TokenCursor(List<Token> tokens, int position) {
        this.tokens = tokens;
        this.position = position;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position >= tokens.size();
    }

    /** The next token, or one that matches nothing. */
    Token peek() {
        return atEnd() ? END : tokens.get(position);
    }

    Token next() {
        Token token = peek();
        position++;
        return token;
    }

    /** The token so many places before the next one, or one that matches nothing. */
    Token before(int places) {
        return position - places < 0 ? END : tokens.get(position - places);
    }

    /** The token so many places behind the next one, or one that matches nothing. */
    Token ahead(int places) {
        return position + places < tokens.size() ? tokens.get(position + places) : END;
    }

    /** The next token and all behind it. */
    List<Token> rest() {
        return atEnd() ? List.of() : tokens.subList(position, tokens.size());
    }

    /** Steps over these words when they come next, all of them in this order. */
    boolean skip(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (position + i >= tokens.size() || !tokens.get(position + i).isWord(words[i])) {
                return false;
            }
        }
        position += words.length;
        return true;
    }

    boolean skipSymbol(String symbol) {
        boolean found = peek().isSymbol(symbol);
        position += found ? 1 : 0;
        return found;
    }

    boolean skipComma() {
        boolean found = peek().kind() == TokenKind.COMMA;
        position += found ? 1 : 0;
        return found;
    }

    /** Steps over a name of up to three parts, of which the last two count; null when none comes next. */
    @Nullable
    QualifiedName name() {
        List<String> parts = parts();
        int last = parts.size() - 1;
        return last < 0 ? null : new QualifiedName(last == 0 ? null : parts.get(last - 1), parts.get(last));
    }

    /** Steps over a name and gives all its parts; none when none comes next. */
    List<String> parts() {
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
    void skipNested() {
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
}
