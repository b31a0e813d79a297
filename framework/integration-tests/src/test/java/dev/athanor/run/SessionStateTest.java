package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.postgres.Database;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.Session;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Behind a pooler that gives sessions out by transaction, whatever a session keeps is met by somebody else. So after an
 * upgrade every connection of the pools is as a new one.
 */
@AthanorPostgres
class SessionStateTest {
    private static final String SETTINGS = """
            SELECT name, setting || ' by ' || source AS value FROM pg_settings
            WHERE source = 'session' OR name IN ('application_name', 'search_path', 'role', 'TimeZone', 'DateStyle',
                'default_transaction_isolation', 'default_transaction_read_only', 'lock_timeout', 'statement_timeout',
                'idle_in_transaction_session_timeout', 'synchronous_commit', 'extra_float_digits')
            """;

    /** Everything else that outlives a transaction. */
    private static final String LEFT = """
            SELECT 'statement ' || name || ': ' || statement AS value FROM pg_prepared_statements WHERE name <> ''
            UNION ALL SELECT 'cursor ' || name FROM pg_cursors WHERE is_holdable
            UNION ALL SELECT 'lock ' || objid FROM pg_locks WHERE locktype = 'advisory'
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            UNION ALL SELECT 'channel ' || c FROM pg_listening_channels() c
            UNION ALL SELECT 'temporary ' || relname FROM pg_class WHERE relpersistence = 't'
            UNION ALL SELECT 'transaction of ' || pid FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'
                AND datname = current_database()
            UNION ALL SELECT 'role ' || current_user WHERE current_user <> session_user
            """;

    private final TestDatabase database;
    private final Once once;

    SessionStateTest(TestDatabase database) {
        this.database = database;
        this.once = new Once(database, 5_000);
    }

    /** What one session keeps. */
    private record Kept(long pid, Map<String, String> settings, List<String> left) {}

    private Migrations migrations;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        migrations = once.prepare(folder, database, "chunk-size=100 workers=2").with("2", """
                -- athanor:revision own_settings
                -- athanor:revises  once

                -- athanor:expand
                SET lock_timeout = '3s';
                SET search_path = public, pg_catalog;
                CREATE TABLE IF NOT EXISTS with_settings (a int);

                -- athanor:expand transaction=none
                SET statement_timeout = '1min';
                SET maintenance_work_mem = '32MB';
                CREATE INDEX CONCURRENTLY IF NOT EXISTS tickets_n ON tickets (n);
                """);
    }

    @Test
    void nothing_stays_in_the_sessions_of_the_pools() {
        Map<String, String> blocking;
        Map<String, String> reactive;
        try (Database fresh = migrations.open()) {
            blocking = fresh.transactions().autocommit(SessionStateTest::kept).settings();
            reactive = fresh.reactive()
                    .readOnly(session -> kept(session).flux())
                    .blockFirst()
                    .settings();
        }
        try (Database used = migrations.open()) {
            migrations.runner(used, builder -> builder).upgrade(new UpgradeRequest("heads", null));
            List<Kept> jdbc = new ArrayList<>();
            collect(used, 3, jdbc);
            assertThat(pids(jdbc)).hasSize(3);
            assertThat(jdbc).allSatisfy(session -> {
                assertThat(session.settings()).isEqualTo(blocking);
                assertThat(session.left()).isEmpty();
            });
            List<Kept> r2dbc = Flux.range(0, 3)
                    .flatMap(
                            i -> used.reactive()
                                    .readOnly(session -> kept(session).flux()),
                            3)
                    .collectList()
                    .block();
            assertThat(r2dbc).hasSize(3).allSatisfy(session -> {
                assertThat(session.settings()).isEqualTo(reactive);
                assertThat(session.left()).isEmpty();
            });
        }
        assertThat(blocking).containsEntry("application_name", "athanor by client");
        assertThat(reactive).containsEntry("application_name", "athanor by client");
        assertThat(List.of(blocking, reactive))
                .allSatisfy(
                        settings -> assertThat(settings.values()).noneMatch(value -> value.endsWith(" by session")));
        once.everyRowIsChangedOnce();
    }

    /** Nested, so that each has a connection of its own. */
    private static void collect(Database database, int connections, List<Kept> into) {
        if (connections > 0) {
            database.transactions().autocommit(session -> {
                into.add(kept(session));
                collect(database, connections - 1, into);
                return 0;
            });
        }
    }

    private static TreeSet<Long> pids(List<Kept> kept) {
        TreeSet<Long> pids = new TreeSet<>();
        kept.forEach(session -> pids.add(session.pid()));
        return pids;
    }

    private static Kept kept(Session session) {
        Map<String, String> settings = new TreeMap<>();
        session.query(SETTINGS, row -> settings.put(row.string("name"), row.string("value")));
        return new Kept(
                session.queryOne("SELECT pg_backend_pid() AS pid", row -> row.number("pid"))
                        .orElseThrow(),
                settings,
                session.query(LEFT, row -> row.string("value")));
    }

    private static Mono<Kept> kept(ReactiveSession session) {
        return session.query(SETTINGS, row -> Map.entry(row.string("name"), row.string("value")))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .flatMap(settings -> session.query("SELECT pg_backend_pid() AS pid", row -> row.number("pid"))
                        .single()
                        .flatMap(pid -> session.query(LEFT, row -> row.string("value"))
                                .collectList()
                                .map(left -> new Kept(pid, settings, left))));
    }
}
