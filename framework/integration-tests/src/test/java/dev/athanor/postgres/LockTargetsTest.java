package dev.athanor.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.catalog.LockedTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.TableLock;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which locks statements take by our reading, compared with those that the server then holds. */
@AthanorPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockTargetsTest {
    private static final String TABLES = """
            CREATE SCHEMA s;
            CREATE DOMAIN score AS int;
            CREATE TABLE teams (id int PRIMARY KEY, name text);
            CREATE TABLE users (id int PRIMARY KEY, team int, mark score);
            ALTER TABLE users ADD CONSTRAINT user_team FOREIGN KEY (team) REFERENCES teams NOT VALID;
            CREATE TABLE s."tick""ets; drop" (id int PRIMARY KEY,
                owner int CONSTRAINT ticket_owner REFERENCES users, body text);
            CREATE INDEX "i""x" ON s."tick""ets; drop" (body);
            CREATE TABLE notes (ticket int REFERENCES s."tick""ets; drop", body text CHECK (body <> ''));
            CREATE TABLE events (id int, at int NOT NULL, team int REFERENCES teams) PARTITION BY RANGE (at);
            CREATE TABLE e1 PARTITION OF events FOR VALUES FROM (0) TO (10);
            CREATE TABLE e2 PARTITION OF events FOR VALUES FROM (10) TO (20);
            CREATE TABLE rest PARTITION OF events DEFAULT;
            CREATE TABLE e3 (id int, at int NOT NULL, team int);
            CREATE INDEX ON events (id);
            CREATE TABLE plain (id int) PARTITION BY LIST (id);
            CREATE TABLE p1 PARTITION OF plain FOR VALUES IN (1);
            CREATE TABLE p2 (id int); CREATE TABLE p_rest PARTITION OF plain DEFAULT;
            CREATE TABLE base (id int); CREATE TABLE child () INHERITS (base); CREATE TABLE lone (id int);
            CREATE MATERIALIZED VIEW m AS SELECT 1 AS one; CREATE UNIQUE INDEX ON m (one);
            CREATE VIEW v AS SELECT name FROM teams;
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f();
            ALTER TABLE notes ADD CONSTRAINT late CHECK (ticket > 0) NOT VALID;
            ALTER TABLE notes CLUSTER ON notes_i;
            """.replace(
                    "ALTER TABLE notes CLUSTER", "CREATE INDEX notes_i ON notes (ticket); ALTER TABLE notes CLUSTER");

    private final TestDatabase server;
    private final Jdbc sql;
    private final Database database;

    LockTargetsTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
        this.database = Database.open(ConnectionUrl.parse(server.url(), Map.of()), PoolSettings.DEFAULTS);
    }

    @BeforeAll
    void make() {
        sql.execute(TABLES);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE users ADD COLUMN x int",
                "ALTER TABLE users ADD COLUMN x int REFERENCES teams",
                "ALTER TABLE users DROP COLUMN team",
                "ALTER TABLE users DROP COLUMN mark",
                "ALTER TABLE users ALTER COLUMN team TYPE bigint",
                "ALTER TABLE teams ALTER COLUMN id TYPE bigint",
                "ALTER TABLE users DROP CONSTRAINT user_team",
                "ALTER TABLE users VALIDATE CONSTRAINT user_team",
                "ALTER TABLE notes VALIDATE CONSTRAINT late",
                "ALTER TABLE notes SET WITHOUT CLUSTER",
                "ALTER TABLE notes CLUSTER ON notes_i",
                "ALTER TABLE notes SET (fillfactor = 50)",
                "ALTER TABLE notes SET (user_catalog_table = true)",
                "ALTER TABLE notes RESET (autovacuum_enabled)",
                "ALTER TABLE notes ALTER body SET STATISTICS 50",
                "ALTER TABLE notes ALTER body SET STORAGE EXTERNAL",
                "ALTER TABLE notes ALTER body SET (n_distinct = 3)",
                "ALTER TABLE notes ALTER body SET NOT NULL",
                "ALTER TABLE notes ALTER body SET DEFAULT 'x'",
                "ALTER TABLE notes ADD UNIQUE (body), ALTER ticket SET STATISTICS 3",
                "ALTER TABLE notes ADD FOREIGN KEY (ticket) REFERENCES users NOT VALID",
                "ALTER TABLE notes RENAME COLUMN body TO b",
                "ALTER TABLE notes RENAME CONSTRAINT late TO l",
                "ALTER TABLE notes SET UNLOGGED",
                "ALTER TABLE notes REPLICA IDENTITY FULL",
                "ALTER TABLE notes ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE users DISABLE TRIGGER t",
                "ALTER TABLE users OWNER TO CURRENT_USER",
                "ALTER TABLE child NO INHERIT base",
                "ALTER TABLE lone INHERIT base",
                "ALTER TABLE base ADD COLUMN x int",
                "ALTER TABLE ONLY base ALTER id SET DEFAULT 1",
                "ALTER TABLE events ADD COLUMN x int",
                "ALTER TABLE plain ATTACH PARTITION p2 FOR VALUES IN (2)",
                "ALTER TABLE plain DETACH PARTITION p1",
                "ALTER TABLE s.\"tick\"\"ets; drop\" ALTER body SET NOT NULL",
                "ALTER VIEW v RENAME TO w",
                "ALTER MATERIALIZED VIEW m RENAME TO n",
                "ALTER DOMAIN score ADD CHECK (VALUE > 0)",
                "ALTER DOMAIN score ADD CHECK (VALUE > 0) NOT VALID",
                "ALTER DOMAIN score SET NOT NULL",
                "ALTER DOMAIN score SET DEFAULT 1",
                "ALTER TRIGGER t ON users RENAME TO u",
                "ALTER INDEX s.\"i\"\"x\" RENAME TO j",
                "ALTER INDEX s.\"i\"\"x\" SET (fillfactor = 50)",
                "CREATE INDEX ON notes (body)",
                "CREATE INDEX ON events (team)",
                "CREATE INDEX ON ONLY events (team)",
                "CREATE TRIGGER u AFTER INSERT OR UPDATE OF body ON notes FOR EACH ROW EXECUTE FUNCTION f()",
                "CREATE RULE r AS ON INSERT TO notes DO NOTHING",
                "CREATE POLICY p ON notes USING (true)",
                "CREATE STATISTICS st ON ticket, body FROM notes",
                "CREATE TABLE fresh (LIKE teams, u int REFERENCES users (id), me int UNIQUE REFERENCES fresh (me))",
                "CREATE TABLE fresh PARTITION OF events FOR VALUES FROM (20) TO (30)",
                "CREATE TABLE fresh () INHERITS (base)",
                "CREATE TABLE fresh AS SELECT * FROM teams",
                "CREATE OR REPLACE VIEW v AS SELECT name FROM teams",
                "CREATE VIEW w AS SELECT u.id FROM users u JOIN teams t ON t.id = u.team",
                "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "DROP TABLE lone",
                "DROP TABLE notes",
                "DROP TABLE e1",
                "DROP TABLE events",
                "DROP INDEX s.\"i\"\"x\"",
                "DROP TRIGGER t ON users",
                "DROP VIEW v",
                "DROP MATERIALIZED VIEW m",
                "TRUNCATE notes",
                "TRUNCATE teams CASCADE",
                "TRUNCATE events",
                "TRUNCATE ONLY base",
                "LOCK TABLE notes, ONLY base IN SHARE MODE",
                "LOCK events",
                "ANALYZE notes",
                "CLUSTER notes USING notes_i",
                "REINDEX INDEX notes_i",
                "REINDEX TABLE notes",
                "REFRESH MATERIALIZED VIEW m",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
                "COMMENT ON TABLE notes IS 'x'",
                "COMMENT ON COLUMN notes.body IS 'x'",
                "COMMENT ON TRIGGER t ON users IS 'x'",
                "COMMENT ON FUNCTION f() IS 'x'",
                "GRANT SELECT ON notes TO PUBLIC",
                "UPDATE lone SET id = 1",
                "UPDATE base SET id = 1",
                "DELETE FROM lone USING teams WHERE teams.id = lone.id",
                "INSERT INTO lone SELECT id FROM teams ON CONFLICT DO NOTHING",
                "WITH q AS (DELETE FROM lone RETURNING id) SELECT * FROM q",
                "SELECT * FROM teams t, lone l FOR UPDATE OF l",
                "SELECT extract(epoch FROM now()) FROM lone WHERE id IN (SELECT id FROM base) FOR SHARE",
                "EXPLAIN DELETE FROM lone",
                "SELECT id INTO fresh FROM lone"
            })
    void statements_take_the_locks_that_we_say(String statement) throws SQLException {
        Map<String, LockMode> ours = ours(statement);
        Map<String, LockMode> servers = servers(statement);
        assertThat(withoutReads(ours)).isEqualTo(withoutReads(servers));
        assertThat(servers.keySet()).containsAll(ours.keySet());
    }

    /** Versions differ in what they do to foreign keys of partitions; ours is the most that any does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE events ATTACH PARTITION e3 FOR VALUES FROM (20) TO (30)",
                "ALTER TABLE events DETACH PARTITION e1"
            })
    void statements_take_no_more_than_we_say(String statement) throws SQLException {
        Map<String, LockMode> ours = ours(statement);
        withoutReads(servers(statement))
                .forEach((table, mode) ->
                        assertThat(ours.get(table)).as(table).isNotNull().isGreaterThanOrEqualTo(mode));
    }

    private Map<String, LockMode> ours(String statement) {
        StatementLocks locks = StatementLocks.of(statement);
        assertThat(locks.unknown() == null || statement.endsWith("CASCADE")).isTrue();
        Map<String, LockMode> ours = new TreeMap<>();
        for (TableLock lock : locks.locks()) {
            if (lock.target() != LockTarget.INDEX) {
                LockTargets.read(database.transactions(), lock)
                        .forEach(table -> names(table, lock.target() == LockTarget.TREE)
                                .forEach(name -> ours.merge(name, lock.mode(), LockMode::or)));
            }
        }
        return ours;
    }

    /** By the names that the tables have before. */
    private Map<String, LockMode> servers(String statement) throws SQLException {
        Map<String, String> names = new TreeMap<>();
        sql.rows("SELECT oid, oid::regclass FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm')"
                        + " AND relnamespace IN ('public'::regnamespace, 's'::regnamespace)")
                .forEach(row -> names.put(row.get(0), row.get(1)));
        Map<String, LockMode> held = new TreeMap<>();
        try (Connection connection = sql.connect();
                Statement session = connection.createStatement()) {
            connection.setAutoCommit(false);
            session.execute(statement);
            try (ResultSet rows = session.executeQuery("SELECT relation::text, mode FROM pg_locks"
                    + " WHERE pid = pg_backend_pid() AND locktype = 'relation'")) {
                while (rows.next()) {
                    String name = names.get(rows.getString(1));
                    if (name != null) {
                        held.merge(name, mode(rows.getString(2)), LockMode::or);
                    }
                }
            }
            connection.rollback();
        }
        return held;
    }

    private List<String> names(LockedTable table, boolean deep) {
        List<String> names = sql.texts(
                "WITH RECURSIVE t (oid) AS (SELECT ?::regclass::oid UNION SELECT inhrelid FROM pg_inherits"
                        + " JOIN t ON inhparent = t.oid WHERE ?) SELECT oid::regclass FROM t",
                table.name().quoted(),
                deep);
        assertThat(names).hasSize(1 + table.partitions());
        return names;
    }

    private static Map<String, LockMode> withoutReads(Map<String, LockMode> locks) {
        Map<String, LockMode> strong = new TreeMap<>(locks);
        strong.values().removeIf(mode -> mode == LockMode.ACCESS_SHARE);
        return strong;
    }

    private static LockMode mode(String catalogName) {
        for (LockMode mode : LockMode.values()) {
            if (mode.catalogName().equals(catalogName)) {
                return mode;
            }
        }
        throw new AssertionError(catalogName);
    }

    private LockedTable one(String name, LockMode mode) {
        List<LockedTable> found = LockTargets.read(
                database.transactions(), new TableLock(LockTarget.TREE, QualifiedName.parse(name), null, mode));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void sizes_with_and_without_statistics() {
        sql.execute("CREATE TABLE big (id int, name text);"
                + " INSERT INTO big SELECT i, 'name of ' || i FROM generate_series(1, 50000) i");
        LockedTable guessed = one("big", LockMode.SHARE);
        assertThat(guessed.guessed()).isTrue();
        assertThat(guessed.rows()).isBetween(20_000L, 100_000L);
        assertThat(guessed.bytes()).isGreaterThan(1_000_000);
        assertThat(guessed.holders()).isZero();
        assertThat(guessed.longest()).isNull();
        sql.execute("ANALYZE big");
        assertThat(one("public.big", LockMode.SHARE).rows()).isEqualTo(50_000);
        assertThat(one("public.big", LockMode.SHARE).guessed()).isFalse();
        assertThat(one("v", LockMode.SHARE).rows()).isNull();
        assertThat(LockTargets.read(
                        database.transactions(),
                        new TableLock(LockTarget.TREE, new QualifiedName(null, "none"), null, LockMode.SHARE)))
                .isEmpty();
    }

    @Test
    void who_is_in_the_way() throws SQLException {
        try (Connection application = sql.connect();
                Statement session = application.createStatement()) {
            application.setAutoCommit(false);
            session.execute("LOCK TABLE rest IN ROW EXCLUSIVE MODE");
            assertThat(one("events", LockMode.SHARE).holders()).isEqualTo(1);
            assertThat(one("events", LockMode.SHARE).longest()).isNotNull();
            assertThat(one("events", LockMode.SHARE_UPDATE_EXCLUSIVE).holders()).isZero();
            session.execute("LOCK TABLE rest");
            LockedTable locked = one("rest", LockMode.ACCESS_SHARE);
            assertThat(locked.holders()).isEqualTo(1);
            assertThat(locked.bytes()).isNull();
            application.rollback();
        }
    }

    @Test
    void a_role_without_rights_can_read_it_all() {
        sql.execute("CREATE ROLE nobody_" + server.name() + " LOGIN PASSWORD 'x'");
        String url = server.url().replaceFirst("//[^@]*@", "//nobody_" + server.name() + ":x@");
        try (Database other = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS)) {
            assertThat(LockTargets.read(
                            other.transactions(),
                            new TableLock(
                                    LockTarget.TREE,
                                    new QualifiedName("s", "tick\"ets; drop"),
                                    null,
                                    LockMode.ACCESS_EXCLUSIVE)))
                    .hasSize(1);
        } finally {
            sql.execute("DROP ROLE nobody_" + server.name());
        }
    }
}
