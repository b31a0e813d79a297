package dev.athanor.source;

import dev.athanor.sql.LineIndex;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import org.jspecify.annotations.Nullable;

/** Finds the directives among the comments of a text. */
record DirectiveComment(String text, LineIndex lines, Faults faults) {

    /** Whether a token is meant as a directive, rightly written or not. */
    static boolean isMeant(Token token) {
        return token.kind() == TokenKind.LINE_COMMENT && Directive.isMeant(token.text());
    }

    /** The directive of such a token; null, and a fault, when it is not written as one. */
    @Nullable
    Directive read(Token comment) {
        int line = lines.line(comment.start());
        if (!isFirstOf(line, comment)) {
            faults.add(line, "found '" + comment.text().strip() + "' behind SQL, expected it on a line of its own");
        } else if (comment.text().startsWith(Directive.PREFIX)) {
            return Directive.of(comment, line);
        } else {
            faults.add(
                    line,
                    "found '" + comment.text().strip() + "', expected a directive to begin with '" + Directive.PREFIX
                            + "' exactly");
        }
        return null;
    }

    private boolean isFirstOf(int line, Token comment) {
        String before = text.substring(lines.start(line), comment.start());
        return before.isBlank() || before.equals("\uFEFF");
    }

    /** What a waiver in a section must say. */
    void checkWaiver(Directive directive) {
        if (directive.argument().isEmpty()) {
            faults.add(directive.line(), "found 'allow' without a rule, expected allow RULE reason");
        }
    }

    void checkNoNul() {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            faults.add(lines.line(nul), "found a NUL character, expected text");
        }
    }
}
