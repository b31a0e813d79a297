package dev.athanor.schema;

import dev.athanor.postgres.Session;
import dev.athanor.sql.ConcurrentIndex;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.TableLock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a statement works on. Where its section has SET anything, by names with their schema, as they are found under these
 * settings: whoever looks at these things later has another search path.
 *
 * @param sql the statement
 * @param index what it builds concurrently, if it does
 * @param tables quoted names of the tables that it locks
 * @param ofIndexes quoted names of indexes whose tables it locks
 */
record WorkedOn(String sql, Optional<ConcurrentIndex> index, List<String> tables, List<String> ofIndexes) {
    private static final String SQL = "SELECT n.nspname::text AS schema, c.relname::text AS name"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.oid = pg_catalog.to_regclass(?)";

    WorkedOn {
        tables = List.copyOf(tables);
        ofIndexes = List.copyOf(ofIndexes);
    }

    /** Of a statement behind these settings. */
    static WorkedOn of(Session session, SessionSettings set, String sql) {
        return set.statements().isEmpty()
                ? read(sql)
                : set.under(session, () -> read(sql).resolved(session));
    }

    private static WorkedOn read(String sql) {
        List<TableLock> locks = StatementLocks.of(sql).locks();
        return new WorkedOn(
                sql,
                ConcurrentIndex.of(sql),
                names(locks, LockTarget.TABLE, LockTarget.TREE),
                names(locks, LockTarget.TABLE_OF_INDEX));
    }

    private static List<String> names(List<TableLock> locks, LockTarget... targets) {
        return locks.stream()
                .filter(lock -> Arrays.asList(targets).contains(lock.target()))
                .map(lock -> lock.name().quoted())
                .toList();
    }

    /** The same by full names; what is not there is left out. */
    private WorkedOn resolved(Session session) {
        return new WorkedOn(
                sql,
                index.flatMap(built ->
                        find(session, built.table().quoted()).map(table -> new ConcurrentIndex(built.name(), table))),
                resolved(session, tables),
                resolved(session, ofIndexes));
    }

    private static List<String> resolved(Session session, List<String> names) {
        return names.stream()
                .flatMap(name -> find(session, name).stream())
                .map(QualifiedName::quoted)
                .toList();
    }

    private static Optional<QualifiedName> find(Session session, String name) {
        return session.queryOne(SQL, row -> new QualifiedName(row.string("schema"), row.string("name")), name);
    }
}
