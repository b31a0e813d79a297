package dev.athanor.lint;

import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be told of a condition from its text. */
final class Condition {
    private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=");

    private Condition() {}

    /** The parts that AND joins, outside parentheses and BETWEEN. */
    static List<Expression> conjuncts(Expression condition) {
        List<Expression> parts = new ArrayList<>();
        for (List<Token> part : split(condition.bare().code(), "and")) {
            Expression bare = Expression.of(part).bare();
            if (bare.code().size() < part.size() && split(bare.code(), "and").size() > 1) {
                parts.addAll(conjuncts(bare));
            } else {
                parts.add(bare);
            }
        }
        return parts;
    }

    private static List<List<Token>> split(List<Token> code, String word) {
        if (word.equals("and") && split(code, "or").size() > 1) {
            return List.of(code);
        }
        List<List<Token>> parts = new ArrayList<>();
        TokenCursor cursor = new TokenCursor(code);
        int start = 0;
        boolean between = false;
        int cases = 0;
        while (!cursor.atEnd()) {
            Token token = cursor.peek();
            cases += token.isWord("case") ? 1 : token.isWord("end") ? -1 : 0;
            boolean and = token.isWord("and");
            if (cases == 0 && token.isWord(word) && !(and && between)) {
                parts.add(code.subList(start, cursor.position()));
                start = cursor.position() + 1;
            }
            between = token.isWord("between") || between && !and;
            cursor.skipNested();
        }
        parts.add(code.subList(Math.min(start, code.size()), code.size()));
        return parts;
    }

    /** Whether it holds only for rows within given values: a column is compared with constants. */
    static boolean isBounded(Expression condition) {
        List<List<Token>> either = split(condition.bare().code(), "or");
        if (either.size() > 1) {
            return either.stream().allMatch(part -> isBounded(Expression.of(part)));
        }
        return conjuncts(condition).stream().anyMatch(Condition::bounds);
    }

    private static boolean bounds(Expression part) {
        List<Token> code = part.code();
        if (split(code, "or").size() > 1) {
            return isBounded(part);
        }
        if (code.isEmpty() || code.get(0).isWord("not")) {
            return false;
        }
        if (code.get(0).isWord("current") || part.hasWord(Set.of("limit", "fetch"))) {
            return true;
        }
        int at = operator(code);
        if (at <= 0 || at + 1 >= code.size()) {
            return false;
        }
        Expression left = Expression.of(code.subList(0, at));
        Expression right = Expression.of(code.subList(at + 1, code.size()));
        return hasColumn(left) && isConstant(right) || hasColumn(right) && isConstant(left);
    }

    /** Index of the operator that compares; -1 without one. */
    private static int operator(List<Token> code) {
        TokenCursor cursor = new TokenCursor(code);
        while (!cursor.atEnd()) {
            Token token = cursor.peek();
            boolean negated = cursor.before(1).isWord("not");
            boolean word = (token.isWord("in") || token.isWord("between")) && !negated;
            if (word || token.kind() == TokenKind.OPERATOR && COMPARISONS.contains(token.text())) {
                return cursor.position();
            }
            cursor.skipNested();
        }
        return -1;
    }

    private static boolean isConstant(Expression expression) {
        return !expression.isEmpty() && !expression.hasWord(Set.of("select")) && !hasColumn(expression);
    }

    /** Whether a name stands in it that is no function, type, keyword or parameter. */
    private static boolean hasColumn(Expression expression) {
        List<Token> code = expression.code();
        for (int i = 0; i < code.size(); i++) {
            Token token = code.get(i);
            boolean call = i + 1 < code.size() && code.get(i + 1).kind() == TokenKind.OPEN;
            Token before = code.get(Math.max(0, i - 1));
            boolean cast = before.isSymbol("::") || before.isWord("as") || before.kind() == TokenKind.STRING;
            boolean constant = i + 1 < code.size() && code.get(i + 1).kind() == TokenKind.STRING;
            boolean name = token.kind() == TokenKind.QUOTED_NAME
                    || token.kind() == TokenKind.WORD && !Words.IN_CONSTANTS.contains(token.identifier());
            if (name && !call && !cast && !constant) {
                return true;
            }
        }
        return false;
    }
}
