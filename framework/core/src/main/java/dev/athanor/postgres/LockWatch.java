package dev.athanor.postgres;

import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees from within a session which tables it has locked and which tables and indexes got new files. Only tables and views
 * that are there when the watch begins count as locked; nobody can wait for others.
 */
public final class LockWatch {
    private static final Map<String, LockMode> MODES =
            Arrays.stream(LockMode.values()).collect(Collectors.toMap(LockMode::catalogName, Function.identity()));

    private static final String RELATIONS = """
            SELECT c.oid::bigint AS oid, n.nspname::text AS schema, c.relname::text AS name,
                   c.relkind IN ('i', 'I') AS index, pg_catalog.pg_relation_filenode(c.oid)::bigint AS file,
                   (SELECT min(i.inhparent)::bigint FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid) AS parent
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f', 'i', 'I')
               AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> ?
            """;

    private static final String LOCKS = """
            SELECT l.relation::bigint AS oid, l.mode FROM pg_catalog.pg_locks l
             WHERE l.locktype = 'relation' AND l.granted AND l.pid = pg_backend_pid()
               AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database())
            """;

    private final String hidden;
    private final Map<Long, Relation> before;
    private Map<Long, Relation> last;

    private record Relation(
            long oid,
            QualifiedName name,
            boolean index,
            @Nullable Long file,
            @Nullable Long parent) {}

    /**
     * What a look has seen.
     *
     * @param locks the strongest of each table; reading is none
     * @param rewritten tables with a new file since the look before
     * @param rebuilt indexes with a new file since the look before
     */
    public record Seen(
            Map<QualifiedName, LockMode> locks, List<QualifiedName> rewritten, List<QualifiedName> rebuilt) {}

    private LockWatch(String hidden, Map<Long, Relation> now) {
        this.hidden = hidden;
        this.before = now;
        this.last = now;
    }

    /**
     * Begins to watch.
     *
     * @param hidden schema whose tables do not count: Athanor's own
     */
    public static LockWatch begin(Session session, String hidden) {
        return new LockWatch(hidden, relations(session, hidden));
    }

    /** The locks that the session's transaction holds now, and the files that changed since the look before. */
    public Seen look(Session session) {
        Map<QualifiedName, LockMode> locks =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        session.query(LOCKS, row -> Map.entry(row.number("oid"), row.string("mode")))
                .forEach(lock -> {
                    Relation relation = before.get(lock.getKey());
                    LockMode mode = MODES.get(lock.getValue());
                    if (relation != null && !relation.index() && mode != null && mode != LockMode.ACCESS_SHARE) {
                        locks.merge(relation.name(), mode, LockMode::or);
                    }
                });
        Map<Long, Relation> now = relations(session, hidden);
        Map<Boolean, List<QualifiedName>> changed = now.values().stream()
                .filter(relation -> hasNewFile(relation, last.get(relation.oid())))
                .collect(Collectors.partitioningBy(
                        Relation::index, Collectors.mapping(Relation::name, Collectors.toList())));
        last = now;
        return new Seen(locks, changed.getOrDefault(false, List.of()), changed.getOrDefault(true, List.of()));
    }

    /** The table of which another was a partition, or from which it inherits, when the watch began. */
    public Optional<QualifiedName> parent(QualifiedName table) {
        return before.values().stream()
                .filter(relation -> relation.name().equals(table))
                .map(relation -> relation.parent() == null ? null : before.get(relation.parent()))
                .flatMap(parent -> Optional.ofNullable(parent).map(Relation::name).stream())
                .findFirst();
    }

    private static boolean hasNewFile(Relation now, @Nullable Relation then) {
        return then != null
                && now.file() != null
                && then.file() != null
                && !now.file().equals(then.file());
    }

    private static Map<Long, Relation> relations(Session session, String hidden) {
        Map<Long, Relation> all = new LinkedHashMap<>();
        session.query(
                        RELATIONS,
                        row -> new Relation(
                                row.number("oid"),
                                new QualifiedName(row.string("schema"), row.string("name")),
                                row.flag("index"),
                                row.numberOrNull("file"),
                                row.numberOrNull("parent")),
                        hidden)
                .forEach(relation -> all.put(relation.oid(), relation));
        return new HashMap<>(all);
    }
}
