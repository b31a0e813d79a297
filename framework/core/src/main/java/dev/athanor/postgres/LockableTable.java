package dev.athanor.postgres;

import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.TableLock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A table that LOCK TABLE may lock, with its place in the one order in which tables are locked: by the name of the table at
 * the top of its tree of partitions or children, in there from the top down as queries do, then by its identity.
 *
 * @param oid its identity
 * @param name with its schema
 * @param root the table at the top of its tree; itself when it is in none
 * @param depth steps below the root
 */
public record LockableTable(long oid, QualifiedName name, QualifiedName root, long depth)
        implements Comparable<LockableTable> {
    private static final Comparator<LockableTable> ORDER = Comparator.comparing(
                    (LockableTable table) -> String.valueOf(table.root.schema()))
            .thenComparing(table -> table.root.name())
            .thenComparing(LockableTable::depth)
            .thenComparing(LockableTable::oid);

    /** Views are left out, for LOCK TABLE goes on to what they read; so is what we may not lock. */
    private static final String SQL = """
            WITH RECURSIVE wanted (name, schema, detail) AS (VALUES (?::text, ?::text, ?::text)),
            named AS (
              SELECT c.oid, w.detail FROM wanted w JOIN pg_catalog.pg_class c ON c.relname = w.name
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = w.schema OR w.schema IS NULL AND pg_catalog.pg_table_is_visible(c.oid)
            ), tree (oid) AS (
              SELECT t.oid FROM (%s) AS t (oid)
              UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree t ON i.inhparent = t.oid AND ?::boolean
            ), up (oid, top, depth) AS (
              SELECT oid, oid, 0 FROM tree
              UNION SELECT u.oid, i.inhparent, u.depth + 1 FROM up u JOIN pg_catalog.pg_inherits i ON i.inhrelid = u.top
            )
            SELECT DISTINCT ON (c.oid) c.oid::bigint AS oid, n.nspname::text AS schema, c.relname::text AS name,
                   rn.nspname::text AS root_schema, r.relname::text AS root, up.depth::bigint AS depth
              FROM up JOIN pg_catalog.pg_class c ON c.oid = up.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_class r ON r.oid = up.top JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
             WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE i.inhrelid = up.top)
               AND c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
               AND pg_catalog.has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
             ORDER BY c.oid, 4, 5, 6 DESC
            """;

    /** Which of these names mean something that is in the catalogue now. */
    public static Set<QualifiedName> existing(Session session, List<QualifiedName> names) {
        return new HashSet<>(session.query(
                """
                SELECT w.schema, w.name FROM unnest(?::text[], ?::text[]) AS w (name, schema)
                 WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                WHERE c.relname = w.name AND (n.nspname = w.schema
                                   OR w.schema = '' AND pg_catalog.pg_table_is_visible(c.oid)))
                """,
                row -> new QualifiedName(
                        row.string("schema").isEmpty() ? null : row.string("schema"), row.string("name")),
                names.stream().map(QualifiedName::name).toList(),
                names.stream()
                        .map(name -> name.schema() == null ? "" : name.schema())
                        .toList()));
    }

    /** The tables behind a lock of a statement, in no order; none when nothing has that name. */
    public static List<LockableTable> behind(Session session, TableLock lock) {
        return session.query(
                String.format(SQL, LockTargets.target(lock.target())),
                row -> new LockableTable(
                        row.number("oid"),
                        new QualifiedName(row.string("schema"), row.string("name")),
                        new QualifiedName(row.string("root_schema"), row.string("root")),
                        row.number("depth")),
                lock.name().name(),
                lock.name().schema(),
                lock.detail(),
                lock.target() == LockTarget.TREE);
    }

    @Override
    public int compareTo(LockableTable other) {
        return ORDER.compare(this, other);
    }
}
