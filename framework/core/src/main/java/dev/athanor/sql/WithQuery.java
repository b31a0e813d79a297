package dev.athanor.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out which part of {@code WITH … AS (…) …} does the work. */
final class WithQuery {
    private final List<Token> code;
    private final Deque<StatementKind> enclosing = new ArrayDeque<>();
    private @Nullable StatementKind main;
    private @Nullable StatementKind lastChange;
    private @Nullable StatementKind holdsChunk;

    WithQuery(List<Token> code) {
        this.code = code;
    }

    StatementKind kind() {
        enclosing.push(StatementKind.OTHER);
        for (int i = 1; i < code.size(); i++) {
            read(code.get(i), code.get(i - 1));
        }
        if (holdsChunk != null) {
            return holdsChunk;
        }
        if (main == StatementKind.SELECT && lastChange != null) {
            return lastChange;
        }
        return main == null ? StatementKind.OTHER : main;
    }

    private void read(Token token, Token previous) {
        switch (token.kind()) {
            case OPEN -> enclosing.push(StatementKind.OTHER);
            case CLOSE -> {
                if (enclosing.size() > 1) {
                    enclosing.pop();
                }
            }
            case PLACEHOLDER -> {
                if (Placeholder.isChunk(token.text())) {
                    holdsChunk = enclosing.stream()
                            .filter(StatementKind::changesRows)
                            .findFirst()
                            .orElse(null);
                }
            }
            case WORD -> word(token, previous);
            default -> {}
        }
    }

    /** A statement begins behind a parenthesis: behind the opening one of its own, or the closing one of WITH's list. */
    private void word(Token token, Token previous) {
        if (previous.kind() != TokenKind.OPEN && previous.kind() != TokenKind.CLOSE) {
            return;
        }
        StatementKind kind = StatementKind.ofFirst(token);
        if (kind.changesRows()) {
            enclosing.pop();
            enclosing.push(kind);
            lastChange = kind;
        }
        if (enclosing.size() == 1 && main == null && (kind != StatementKind.OTHER || token.isWord("merge"))) {
            main = kind;
        }
    }
}
