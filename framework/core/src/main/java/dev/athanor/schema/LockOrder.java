package dev.athanor.schema;

import dev.athanor.postgres.LockableTable;
import dev.athanor.postgres.Session;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.TableLock;
import dev.athanor.sql.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The locks that a transaction takes before its first statement: each table in the strongest mode that it will need, all
 * in one order, so that no two sections wait for each other in a circle, and none makes its own lock stronger while a
 * reader waits to write.
 *
 * <p>A table that is first needed behind a statement that reads or writes rows is not among them: it would be held for as
 * long as that one takes. Nor is one behind a SET, which may say what a name means.
 */
final class LockOrder {
    private final Map<LockableTable, Need> needs = new TreeMap<>();

    private LockOrder() {}

    /**
     * A lock to be taken.
     *
     * @param mode the strongest
     * @param first the mode of the first statement that needs it
     * @param statement that one, counted from 0
     */
    record Need(LockMode mode, LockMode first, int statement) {
        Need and(LockMode other) {
            return new Need(mode.or(other), first, statement);
        }
    }

    /** How many statements at the beginning only SET something. They come before the locks. */
    static int settings(List<String> statements) {
        int count = 0;
        while (count < statements.size() && isSet(statements.get(count))) {
            count++;
        }
        return count;
    }

    private static boolean isSet(String sql) {
        List<Token> code = SqlTokens.of(sql).code();
        return !code.isEmpty() && (code.get(0).isWord("set") || code.get(0).isWord("reset"));
    }

    /** What these need of the tables that are there now, in the order in which to lock them; none when there is nothing to order. */
    static Map<LockableTable, Need> of(Session session, List<String> statements) {
        List<StatementLocks> locks = upToTheFirstLong(statements);
        List<QualifiedName> names = locks.stream()
                .flatMap(each -> each.locks().stream())
                .map(TableLock::name)
                .distinct()
                .toList();
        boolean onlyOne = locks.size() == 1 && locks.get(0).locks().size() == 1;
        if (names.isEmpty() || onlyOne) {
            return Map.of();
        }
        LockOrder order = new LockOrder();
        Set<QualifiedName> existing = LockableTable.existing(session, names);
        Map<TableLock, List<LockableTable>> found = new LinkedHashMap<>();
        for (int statement = 0; statement < locks.size(); statement++) {
            for (TableLock lock : locks.get(statement).locks()) {
                if (existing.contains(lock.name()) && lock.target() != LockTarget.INDEX) {
                    List<LockableTable> tables = found.computeIfAbsent(lock, one -> LockableTable.behind(session, one));
                    order.add(tables, lock.mode(), statement);
                }
            }
        }
        return order.isOfUse() ? order.needs : Map.of();
    }

    private static List<StatementLocks> upToTheFirstLong(List<String> statements) {
        List<StatementLocks> locks = new ArrayList<>();
        for (String sql : statements) {
            if (isSet(sql)) {
                break;
            }
            locks.add(StatementLocks.of(sql));
            if (!QuickStatement.is(sql)) {
                break;
            }
        }
        return locks;
    }

    private void add(List<LockableTable> tables, LockMode mode, int statement) {
        for (LockableTable table : tables) {
            Need before = needs.get(table);
            needs.put(table, before == null ? new Need(mode, mode, statement) : before.and(mode));
        }
    }

    /** The statements themselves lock one table, or one tree from its top, as well. */
    private boolean isOfUse() {
        long trees = needs.keySet().stream().map(LockableTable::root).distinct().count();
        return trees > 1
                || needs.values().stream().anyMatch(need -> need.mode() != need.first())
                || needs.values().stream().map(Need::statement).distinct().count() > 1;
    }
}
