package dev.athanor.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables that statements on rows read, lock rows of, and write, at any depth. */
final class RowLocks {
    /** Words that such statements begin with. */
    static final Set<String> BEGINNINGS =
            Set.of("select", "values", "table", "with", "insert", "update", "delete", "merge");

    /** {@code extract(epoch FROM x)}: a FROM that names no table. */
    private static final Set<String> WITH_FROM = Set.of("extract", "substring", "trim", "overlay", "position");

    /** Words before a parenthesis that are no name of a function. */
    private static final Set<String> NO_CALL = Set.of(
            "select", "values", "as", "materialized", "in", "and", "or", "not", "exists", "any", "all", "array", "row");

    private static final Set<String> END_FROM = Set.of(
            "where",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "union",
            "intersect",
            "except",
            "window",
            "returning",
            "set",
            "select",
            "values",
            "when");

    private final List<Token> code;
    private final LocksFound found;
    private final Set<String> ctes = new HashSet<>();
    private final List<Read> reads = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private boolean writes;
    private boolean calls;

    private RowLocks(List<Token> code, LocksFound found) {
        this.code = code;
        this.found = found;
        frames.push(new Frame(null, false));
    }

    /** One pair of parentheses, or the whole statement. */
    private static final class Frame {
        /** The query in whose FROM this one stands: its row locks reach in here. */
        final @Nullable Frame within;
        /** Whether a FROM directly in here belongs to a function. */
        final boolean function;

        boolean inFrom;
        boolean expectsTable;
        boolean usingIsFrom;

        Frame(@Nullable Frame within, boolean function) {
            this.within = within;
            this.function = function;
        }

        boolean reaches(Frame other) {
            for (Frame frame = other; frame != null; frame = frame.within) {
                if (frame == this) {
                    return true;
                }
            }
            return false;
        }
    }

    private record Read(Frame frame, QualifiedName table, String alias) {}

    static void read(TokenCursor cursor, LocksFound found) {
        RowLocks locks = new RowLocks(cursor.rest(), found);
        locks.ctes();
        locks.walk();
        locks.reads.forEach(read -> found.add(LockTarget.TREE, read.table(), LockMode.ACCESS_SHARE));
        if (locks.calls && locks.reads.isEmpty() && !locks.writes) {
            found.unknown("what the functions do that it calls is not seen");
        }
    }

    private void ctes() {
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i).isWord("with")) {
                TokenCursor cursor = new TokenCursor(code, i + 1);
                cursor.skip("recursive");
                do {
                    cte(cursor);
                } while (cursor.skipComma());
            }
        }
    }

    private void cte(TokenCursor cursor) {
        if (!cursor.peek().isName()) {
            return;
        }
        String name = cursor.next().identifier();
        if (cursor.peek().kind() == TokenKind.OPEN) {
            cursor.skipNested();
        }
        if (cursor.skip("as")) {
            cursor.skip("not");
            cursor.skip("materialized");
            if (cursor.peek().kind() == TokenKind.OPEN) {
                ctes.add(name);
                cursor.skipNested();
            }
        }
    }

    private void walk() {
        TokenCursor cursor = new TokenCursor(code, 0);
        while (!cursor.atEnd()) {
            Token token = cursor.peek();
            Frame frame = frames.element();
            if (token.kind() == TokenKind.OPEN) {
                open(cursor, frame);
            } else if (token.isName()) {
                name(cursor, frame);
            } else {
                cursor.next();
                frame.expectsTable |= token.kind() == TokenKind.COMMA && frame.inFrom;
                if (token.isSymbol("[")) {
                    frames.push(new Frame(null, false));
                } else if (frames.size() > 1 && (token.kind() == TokenKind.CLOSE || token.isSymbol("]"))) {
                    frames.pop();
                }
            }
        }
    }

    private void open(TokenCursor cursor, Frame frame) {
        Token before = cursor.before(1);
        boolean derived = frame.expectsTable;
        boolean function = WITH_FROM.stream().anyMatch(before::isWord);
        calls |= before.kind() == TokenKind.QUOTED_NAME
                || before.kind() == TokenKind.WORD && !NO_CALL.contains(before.identifier());
        cursor.next();
        Frame inner = new Frame(derived ? frame : null, function);
        inner.inFrom = derived;
        inner.expectsTable = derived;
        frame.expectsTable = false;
        frames.push(inner);
    }

    private void name(TokenCursor cursor, Frame frame) {
        if (begins(cursor) && statement(cursor, frame)) {
            return;
        }
        Token token = cursor.peek();
        if (token.kind() == TokenKind.WORD && END_FROM.contains(token.identifier())) {
            frame.inFrom = false;
            frame.expectsTable = false;
            cursor.next();
            rowLock(cursor, frame, token);
        } else if (frame.expectsTable) {
            table(cursor, frame);
        } else if (token.isWord("from") && isOfQuery(cursor, frame)
                || token.isWord("join")
                || token.isWord("using") && frame.usingIsFrom) {
            cursor.next();
            frame.usingIsFrom = false;
            frame.inFrom = true;
            frame.expectsTable = true;
        } else if (token.isWord("into")) {
            cursor.next();
            into(cursor);
        } else {
            cursor.next();
        }
    }

    private static boolean isOfQuery(TokenCursor cursor, Frame frame) {
        Token before = cursor.before(1);
        return !frame.function && !before.isWord("distinct") && !before.isWord("rows");
    }

    private static boolean begins(TokenCursor cursor) {
        TokenKind before = cursor.before(1).kind();
        return cursor.position() == 0 || before == TokenKind.OPEN || before == TokenKind.CLOSE;
    }

    /** A statement that writes, or {@code TABLE name}; false when none begins here. */
    private boolean statement(TokenCursor cursor, Frame frame) {
        if (cursor.skip("table")) {
            frame.inFrom = true;
            frame.expectsTable = true;
            return true;
        }
        boolean update = cursor.skip("update");
        if (!update && !cursor.skip("insert", "into")) {
            frame.usingIsFrom = cursor.skip("delete", "from") || cursor.skip("merge", "into");
            if (!frame.usingIsFrom) {
                return false;
            }
        }
        boolean only = cursor.skip("only");
        writes = true;
        found.add(only ? LockTarget.TABLE : LockTarget.TREE, cursor.name(), LockMode.ROW_EXCLUSIVE);
        return true;
    }

    private void table(TokenCursor cursor, Frame frame) {
        if (cursor.skip("only") || cursor.skip("lateral") || cursor.skip("rows", "from")) {
            return;
        }
        frame.expectsTable = false;
        QualifiedName table = cursor.name();
        boolean function = cursor.peek().kind() == TokenKind.OPEN;
        if (table == null || function || table.schema() == null && ctes.contains(table.name())) {
            return;
        }
        cursor.skipSymbol("*");
        int alias = cursor.peek().isWord("as") ? 1 : 0;
        String name = cursor.ahead(alias).isName() ? cursor.ahead(alias).identifier() : table.name();
        reads.add(new Read(frame, table, name));
    }

    /** {@code SELECT … INTO}; what INSERT and MERGE write into was read before. */
    private void into(TokenCursor cursor) {
        for (String word : List.of("temporary", "temp", "unlogged", "table")) {
            cursor.skip(word);
        }
        found.creates(cursor.name());
    }

    private void rowLock(TokenCursor cursor, Frame frame, Token word) {
        boolean locks = word.isWord("for")
                && (cursor.skip("update")
                        || cursor.skip("no", "key", "update")
                        || cursor.skip("share")
                        || cursor.skip("key", "share"));
        if (!locks) {
            return;
        }
        Set<String> only = new HashSet<>();
        if (cursor.skip("of")) {
            do {
                only.add(cursor.next().identifier());
            } while (cursor.skipComma());
        }
        for (Read read : reads) {
            boolean named = only.isEmpty()
                    || only.contains(read.alias())
                    || only.contains(read.table().name());
            if (named && frame.reaches(read.frame())) {
                found.add(LockTarget.TREE, read.table(), LockMode.ROW_SHARE);
            }
        }
    }
}
