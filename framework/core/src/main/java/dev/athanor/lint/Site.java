package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.TableLock;
import dev.athanor.sql.Token;
import java.util.List;
import java.util.Set;

/**
 * A statement where it stands.
 *
 * @param index its place among all statements of the revision, from 0
 * @param section its section
 * @param sectionIndex counted from 0 over the revision
 * @param transaction number of the transaction in which it runs, unique within the revision
 * @param inTransaction whether that transaction is opened by the engine or by a BEGIN; false: autocommit
 * @param text from its first token to its last
 * @param code its tokens without comments, with offsets in {@code text}
 */
record Site(
        int index,
        LintedSection section,
        int sectionIndex,
        int transaction,
        boolean inTransaction,
        String text,
        Place place,
        List<Token> code,
        Statement statement,
        StatementLocks locks) {
    private static final Set<String> NOT_TABLES = Set.of("view", "sequence", "index");

    Site {
        code = List.copyOf(code);
    }

    boolean inSectionOf(SectionKind kind) {
        return section.kind() == kind;
    }

    /** Its locks on tables by name; views and sequences are none. */
    List<TableLock> tableLocks() {
        boolean none = statement instanceof AlterTable alter && NOT_TABLES.contains(alter.kind())
                || statement instanceof Statement.Drop drop && !drop.kind().endsWith("table") && !onTable(drop);
        return none
                ? List.of()
                : locks.locks().stream()
                        .filter(lock -> lock.target() == LockTarget.TABLE || lock.target() == LockTarget.TREE)
                        .filter(lock -> !isView(lock.name()))
                        .toList();
    }

    private boolean isView(QualifiedName name) {
        return statement instanceof Statement.CreateView view && view.name().equals(name);
    }

    /** The tables by name that it locks this way or more strongly. */
    List<QualifiedName> locked(LockMode least) {
        return tableLocks().stream()
                .filter(lock -> lock.mode().compareTo(least) >= 0)
                .map(TableLock::name)
                .toList();
    }

    private static boolean onTable(Statement.Drop drop) {
        return Set.of("trigger", "rule", "policy").contains(drop.kind());
    }

    /** Whether it takes a lock that others may wait for, or may take one that is not seen. */
    boolean mayLock() {
        return locks.unknown() != null
                || locks.locks().stream().anyMatch(lock -> lock.mode() != LockMode.ACCESS_SHARE)
                || !locks.created().isEmpty();
    }

    /** Its text with words put in behind a token. */
    String inserting(int afterToken, String words) {
        int end = code.get(afterToken).end();
        return text.substring(0, end) + words + text.substring(end);
    }

    /** Index of the first token that is this word; -1 when none is. */
    int indexOf(String word) {
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i).isWord(word)) {
                return i;
            }
        }
        return -1;
    }
}
