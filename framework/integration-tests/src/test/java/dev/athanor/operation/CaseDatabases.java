package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.testkit.TestServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Empty databases that are used again: making and dropping one costs the server more than the whole life of a case.
 */
final class CaseDatabases implements AutoCloseable {
    /** Roles belong to the server, so cases cannot make their own; these are there for privileges and owners. */
    private static final List<String> ROLES = List.of("desk_reader", "desk_writer");

    private final Map<Integer, List<TestDatabase>> unused = new HashMap<>();

    /** Empty but for the schemas {@code public} and {@link CaseNames#HOSTILE_SCHEMA}; close it, or give it back. */
    TestDatabase take(int major) {
        TestDatabase taken = unused(major);
        if (taken == null) {
            taken = TestServers.of(major).newDatabase();
        }
        empty(taken.jdbc());
        return taken;
    }

    /** Nothing is connected to it any more. */
    synchronized void giveBack(int major, TestDatabase database) {
        unused.get(major).add(database);
    }

    /** The first one who asks for a version makes its roles, before anybody has a database of it. */
    private synchronized TestDatabase unused(int major) {
        List<TestDatabase> mine = unused.get(major);
        if (mine == null) {
            mine = new ArrayList<>();
            unused.put(major, mine);
            mine.add(TestServers.of(major).newDatabase());
            makeRoles(mine.get(0).jdbc());
        }
        return mine.isEmpty() ? null : mine.remove(mine.size() - 1);
    }

    /** Roles are of the whole server; somebody else may make them at the same time. */
    private static void makeRoles(Jdbc sql) {
        for (String role : ROLES) {
            sql.execute("DO $$ BEGIN CREATE ROLE " + role
                    + "; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$");
        }
    }

    /** Also makes a new one like those that were used, whose schema {@code public} has other privileges. */
    private static void empty(Jdbc sql) {
        StringBuilder script = new StringBuilder();
        sql.texts("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'")
                .forEach(schema -> script.append("DROP SCHEMA ")
                        .append(QualifiedName.quote(schema))
                        .append(" CASCADE;"));
        sql.execute(script.append("CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO PUBLIC; CREATE SCHEMA ")
                .append(QualifiedName.quote(CaseNames.HOSTILE_SCHEMA))
                .toString());
    }

    @Override
    public synchronized void close() {
        unused.values().forEach(all -> all.forEach(TestDatabase::close));
        unused.clear();
    }
}
