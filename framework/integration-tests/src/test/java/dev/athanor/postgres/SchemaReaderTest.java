package dev.athanor.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.catalog.SchemaDifference;
import dev.athanor.catalog.SchemaObject;
import dev.athanor.catalog.SchemaPicture;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@AthanorPostgres
class SchemaReaderTest {
    /** One of everything. */
    private static final String DESK = """
            CREATE SCHEMA desk;
            COMMENT ON SCHEMA desk IS 'the desk';
            CREATE TYPE desk.mood AS ENUM ('calm', 'angry');
            CREATE DOMAIN desk.email AS text COLLATE "C" NOT NULL DEFAULT 'x@y' CONSTRAINT at CHECK (VALUE LIKE '%@%');
            CREATE TYPE desk.pair AS (a integer, b text COLLATE "C");
            CREATE TYPE desk.span AS RANGE (subtype = float8, subtype_diff = float8mi);
            CREATE SEQUENCE desk.numbers INCREMENT 5 CACHE 10 CYCLE;
            CREATE FUNCTION desk.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
            CREATE PROCEDURE desk.work(n integer) LANGUAGE sql AS 'SELECT 1';
            CREATE AGGREGATE desk.total(integer) (sfunc = int4pl, stype = integer, initcond = '0');
            CREATE TABLE desk.users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
            CREATE TABLE desk.tickets (
              id bigserial PRIMARY KEY,
              "user" bigint REFERENCES desk.users,
              mood desk.mood DEFAULT 'calm',
              mail desk.email,
              title text COLLATE "C",
              words integer GENERATED ALWAYS AS (length(title)) STORED,
              CONSTRAINT titled CHECK (title <> ''),
              CONSTRAINT once UNIQUE (title, mail)
            ) WITH (fillfactor = 80);
            ALTER TABLE desk.tickets ADD CONSTRAINT later CHECK (id > 0) NOT VALID;
            COMMENT ON COLUMN desk.tickets.mood IS 'of the customer';
            CREATE INDEX by_title ON desk.tickets (lower(title)) WHERE mood = 'angry';
            CREATE STATISTICS desk.related ON title, mail, lower(title) FROM desk.tickets;
            CREATE TRIGGER stamped BEFORE UPDATE ON desk.tickets FOR EACH ROW EXECUTE FUNCTION desk.stamp();
            CREATE VIEW desk.angry WITH (security_barrier = true) AS SELECT id, title FROM desk.tickets WHERE mood = 'angry';
            CREATE MATERIALIZED VIEW desk.counts AS SELECT mood, count(*) AS n FROM desk.tickets GROUP BY mood;
            CREATE UNIQUE INDEX counts_by_mood ON desk.counts (mood);
            CREATE RULE nothing AS ON DELETE TO desk.users DO INSTEAD NOTHING;
            CREATE POLICY own ON desk.tickets FOR SELECT USING (id > 10);
            CREATE TABLE desk.log (at timestamptz NOT NULL, line text) PARTITION BY RANGE (at);
            CREATE TABLE desk.log_2026 PARTITION OF desk.log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE INDEX log_at ON desk.log (at);
            CREATE UNLOGGED TABLE desk.scratch (n numeric(10, 2));
            GRANT SELECT ON desk.users TO PUBLIC;
            """;

    private final TestDatabase server;
    private final Jdbc sql;
    private Database database;

    SchemaReaderTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void open() {
        sql.execute("DROP SCHEMA IF EXISTS desk CASCADE; DROP SCHEMA IF EXISTS other CASCADE");
        sql.execute(DESK);
        database = Database.open(ConnectionUrl.parse(server.url(), Map.of()), PoolSettings.DEFAULTS);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private SchemaPicture read(String... excluded) {
        return new SchemaReader(database.transactions()).read(List.of(excluded));
    }

    private static String definition(SchemaPicture picture, String kind, String name) {
        return picture.objects().stream()
                .filter(object ->
                        object.kind().key().equals(kind) && object.name().equals(name))
                .map(SchemaObject::definition)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + picture.write()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "schema     | desk                         | comment 'the desk'",
                "type       | desk.mood                    | enum ('calm', 'angry')",
                "type       | desk.email                   | not null default 'x@y'",
                "type       | desk.email                   | constraint at CHECK",
                "type       | desk.pair                    | composite (a integer, b text collate \"C\")",
                "type       | desk.span                    | range over double precision",
                "sequence   | desk.numbers                 | sequence of bigint start 1 increment 5 from 1 to 9223372036854775807 cache 10 cycle",
                "sequence   | desk.tickets_id_seq          | owned by desk.tickets.id",
                "table      | desk.tickets                 | with fillfactor=80",
                "table      | desk.users                   | PUBLIC=SELECT",
                "table      | desk.log                     | partition by RANGE (at)",
                "table      | desk.log_2026                | partition of desk.log FOR VALUES FROM ('2026-01-01 ",
                "table      | desk.scratch                 | unlogged table",
                "view       | desk.angry                   | with security_barrier=true",
                "view       | desk.angry                   | FROM desk.tickets",
                "view       | desk.counts                  | materialized view",
                "column     | desk.users.id                | bigint not null generated always as identity",
                "column     | desk.tickets.id              | default nextval('desk.tickets_id_seq'::regclass)",
                "column     | desk.tickets.mood            | desk.mood default 'calm'::desk.mood",
                "column     | desk.tickets.mood            | comment 'of the customer'",
                "column     | desk.tickets.title           | text collate \"C\"",
                "column     | desk.tickets.words           | generated always as (length(title)) stored",
                "column     | desk.scratch.n               | numeric(10,2)",
                "constraint | desk.tickets.titled          | CHECK ((title <> ''::text))",
                "constraint | desk.tickets.later           | NOT VALID",
                "constraint | desk.tickets.tickets_user_fkey | FOREIGN KEY (\"user\") REFERENCES desk.users(id)",
                "index      | desk.by_title                | WHERE (mood = 'angry'::desk.mood)",
                "index      | desk.counts_by_mood          | ON desk.counts",
                "index      | desk.log_2026_at_idx         | attached to desk.log_at",
                "trigger    | desk.tickets.stamped         | EXECUTE FUNCTION desk.stamp()",
                "rule       | desk.users.nothing           | DO INSTEAD NOTHING",
                "policy     | desk.tickets.own             | permissive for select to PUBLIC",
                "policy     | desk.tickets.own             | using ((id > 10))",
                "function   | desk.stamp()                 | RETURNS trigger",
                "function   | desk.work(IN n integer)      | CREATE OR REPLACE PROCEDURE desk.work",
                "function   | desk.total(integer)          | aggregate returning integer state integer by int4pl",
                "statistics | desk.related                 | statistics (d, f, m, e) on lower(title), mail, title",
                "extension  | plpgsql                      | version 1.0",
            })
    void everyKindHasItsDefinition(String kind, String name, String part) {
        assertThat(definition(read(), kind, name)).contains(part);
    }

    @Test
    void nothingOfTheSystemAndNothingLeftOut() {
        sql.execute("CREATE SCHEMA other; CREATE TABLE other.t (a int); CREATE TYPE other.e AS ENUM ('a')");
        assertThat(read("other").objects())
                .extracting(SchemaObject::name)
                .noneMatch(name -> name.startsWith("pg_") || name.startsWith("information_schema"))
                .noneMatch(name -> name.startsWith("other"));
        assertThat(read().objects())
                .extracting(SchemaObject::name)
                .contains("other", "other.t", "other.t.a", "other.e");
        assertThat(read("other", "desk", "public").objects())
                .extracting(object -> object.kind().key())
                .containsOnly("extension");
    }

    /** What an application, the server itself and a backfill do all day. */
    @Test
    void whatChangesByItselfIsNotInIt() {
        SchemaPicture before = read();
        sql.execute("INSERT INTO desk.users (name) SELECT 'u' || n FROM generate_series(1, 1000) n;"
                + " INSERT INTO desk.tickets (title) VALUES ('a');"
                + " INSERT INTO desk.log VALUES ('2026-05-05', 'x');"
                + " SELECT nextval('desk.numbers');"
                + " UPDATE desk.users SET name = name || '!';"
                + " REFRESH MATERIALIZED VIEW desk.counts;"
                + " ALTER SEQUENCE desk.numbers RESTART;"
                + " TRUNCATE desk.log; ANALYZE");
        sql.execute("VACUUM FULL desk.users");
        assertThat(read()).isEqualTo(before);
    }

    /** Each change is one finding, about the right object, and its reversal leaves none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ALTER TABLE desk.tickets ADD extra int | column desk.tickets.extra added: integer | ALTER TABLE desk.tickets DROP extra",
                "ALTER TABLE desk.users ALTER name DROP NOT NULL | column desk.users.name changed: text not null -> text | ALTER TABLE desk.users ALTER name SET NOT NULL",
                "ALTER TABLE desk.scratch ALTER n TYPE numeric(12, 2) | column desk.scratch.n changed: numeric(10,2) -> numeric(12,2) | ALTER TABLE desk.scratch ALTER n TYPE numeric(10, 2)",
                "ALTER TABLE desk.scratch ALTER n SET DEFAULT 7 | column desk.scratch.n changed: numeric(10,2) -> numeric(10,2) default 7 | ALTER TABLE desk.scratch ALTER n DROP DEFAULT",
                "ALTER TABLE desk.users ALTER id SET GENERATED BY DEFAULT | column desk.users.id changed: bigint not null generated always as identity -> bigint not null generated by default as identity | ALTER TABLE desk.users ALTER id SET GENERATED ALWAYS",
                "ALTER TABLE desk.users ALTER name SET STORAGE EXTERNAL | column desk.users.name changed: text not null -> text not null storage e | ALTER TABLE desk.users ALTER name SET STORAGE EXTENDED",
                "ALTER TABLE desk.tickets RENAME CONSTRAINT titled TO named | constraint desk.tickets.named added: CHECK ((title <> ''::text)); constraint desk.tickets.titled removed; it was: CHECK ((title <> ''::text)) | ALTER TABLE desk.tickets RENAME CONSTRAINT named TO titled",
                "ALTER TABLE desk.tickets VALIDATE CONSTRAINT later | constraint desk.tickets.later changed: CHECK ((id > 0)) NOT VALID -> CHECK ((id > 0)) | ALTER TABLE desk.tickets DROP CONSTRAINT later; ALTER TABLE desk.tickets ADD CONSTRAINT later CHECK (id > 0) NOT VALID",
                "ALTER TABLE desk.tickets DROP CONSTRAINT once | constraint desk.tickets.once removed; it was: UNIQUE (title, mail) | ALTER TABLE desk.tickets ADD CONSTRAINT once UNIQUE (title, mail)",
                "CREATE INDEX more ON desk.users (name) | index desk.more added: CREATE INDEX more ON desk.users USING btree (name) | DROP INDEX desk.more",
                "ALTER TABLE desk.tickets DISABLE TRIGGER stamped | trigger desk.tickets.stamped changed: (nothing) -> disabled | ALTER TABLE desk.tickets ENABLE TRIGGER stamped",
                "ALTER TABLE desk.tickets ENABLE ROW LEVEL SECURITY | table desk.tickets changed: (nothing) -> row level security enabled | ALTER TABLE desk.tickets DISABLE ROW LEVEL SECURITY",
                "ALTER TABLE desk.tickets SET (fillfactor = 90) | table desk.tickets changed: with fillfactor=80 -> with fillfactor=90 | ALTER TABLE desk.tickets SET (fillfactor = 80)",
                "ALTER TABLE desk.scratch SET LOGGED | table desk.scratch changed: unlogged table -> table | ALTER TABLE desk.scratch SET UNLOGGED",
                "CREATE TABLE desk.log_2027 PARTITION OF desk.log FOR VALUES FROM ('2027-01-01') TO ('2028-01-01') | table desk.log_2027 added: table | DROP TABLE desk.log_2027",
                "ALTER TYPE desk.mood RENAME VALUE 'calm' TO 'well' | type desk.mood changed: enum ('calm', 'angry') -> enum ('well', 'angry'); column desk.tickets.mood changed: desk.mood default 'calm'::desk.mood -> desk.mood default 'well'::desk.mood | ALTER TYPE desk.mood RENAME VALUE 'well' TO 'calm'",
                "ALTER SEQUENCE desk.numbers INCREMENT 6 | sequence desk.numbers changed: sequence of bigint start 1 increment 5 from 1 to 9223372036854775807 cache 10 cycle -> sequence of bigint start 1 increment 6 from 1 to 9223372036854775807 cache 10 cycle | ALTER SEQUENCE desk.numbers INCREMENT 5",
                "GRANT INSERT ON desk.users TO PUBLIC | table desk.users changed: | REVOKE INSERT ON desk.users FROM PUBLIC",
                "GRANT SELECT (title) ON desk.tickets TO PUBLIC | column desk.tickets.title changed: (nothing) -> privileges PUBLIC=SELECT | REVOKE SELECT (title) ON desk.tickets FROM PUBLIC",
                "GRANT SELECT ON desk.log TO PUBLIC; REVOKE SELECT ON desk.log FROM PUBLIC | | SELECT 1",
                "REVOKE EXECUTE ON FUNCTION desk.stamp() FROM PUBLIC | function desk.stamp() changed: (nothing) -> privileges | GRANT EXECUTE ON FUNCTION desk.stamp() TO PUBLIC",
                "GRANT USAGE ON SCHEMA desk TO PUBLIC | schema desk changed: (nothing) -> privileges | REVOKE USAGE ON SCHEMA desk FROM PUBLIC",
                "COMMENT ON TABLE desk.users IS 'people' | table desk.users changed: (nothing) -> comment 'people' | COMMENT ON TABLE desk.users IS NULL",
                "COMMENT ON CONSTRAINT titled ON desk.tickets IS 'why' | constraint desk.tickets.titled changed: (nothing) -> comment 'why' | COMMENT ON CONSTRAINT titled ON desk.tickets IS NULL",
                "CREATE OR REPLACE VIEW desk.angry WITH (security_barrier = true) AS SELECT id, title FROM desk.tickets WHERE mood = 'calm' | view desk.angry changed: | CREATE OR REPLACE VIEW desk.angry WITH (security_barrier = true) AS SELECT id, title FROM desk.tickets WHERE mood = 'angry'",
                "ALTER TABLE desk.tickets DISABLE TRIGGER ALL | constraint desk.tickets.tickets_user_fkey changed: (nothing) -> triggers not enabled; trigger desk.tickets.stamped changed: (nothing) -> disabled | ALTER TABLE desk.tickets ENABLE TRIGGER ALL",
                "ALTER POLICY own ON desk.tickets USING (id > 11) | policy desk.tickets.own changed: using ((id > 10)) -> using ((id > 11)) | ALTER POLICY own ON desk.tickets USING (id > 10)",
                "DROP STATISTICS desk.related | statistics desk.related removed | CREATE STATISTICS desk.related ON title, mail, lower(title) FROM desk.tickets",
            })
    void oneChangeIsOneFinding(String change, String expected, String reversal) {
        SchemaPicture before = read();
        sql.execute(change);
        List<String> lines = SchemaDifference.between(before, read()).stream()
                .map(SchemaDifference::line)
                .toList();
        String[] wanted = expected == null ? new String[0] : expected.split("; (?=[a-z]+ desk)");
        assertThat(lines).hasSize(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(lines.get(i)).startsWith(wanted[i]);
        }
        sql.execute(reversal);
        assertThat(SchemaDifference.between(before, read())).isEmpty();
    }

    @Test
    void partitionsOfAReferencedTableChangeNothingOfWhoRefersToIt() {
        sql.execute("CREATE TABLE desk.days (day int PRIMARY KEY) PARTITION BY RANGE (day);"
                + " CREATE TABLE desk.notes (day int REFERENCES desk.days)");
        SchemaPicture before = read();
        sql.execute("CREATE TABLE desk.days_1 PARTITION OF desk.days FOR VALUES FROM (0) TO (10)");
        assertThat(SchemaDifference.between(before, read()))
                .extracting(SchemaDifference::object)
                .containsExactly("desk.days_1");
    }

    @Test
    void whatBelongsToAnExtensionIsLeftOut() {
        sql.execute("CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA desk");
        assertThat(read().objects())
                .filteredOn(object -> object.kind().key().equals("function"))
                .extracting(SchemaObject::name)
                .containsExactly("desk.stamp()", "desk.total(integer)", "desk.work(IN n integer)");
        assertThat(definition(read(), "extension", "pgcrypto")).endsWith("in schema desk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tick\"ets; drop", "ti ck\\n\tets'", "a.b", "Ünï\ncode", "%I %s ?"})
    void hostileNames(String name) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        sql.execute(("CREATE SCHEMA NAME; CREATE TABLE NAME.NAME (NAME int PRIMARY KEY, \"x'y\" text DEFAULT '\\n');"
                        + "COMMENT ON COLUMN NAME.NAME.NAME IS 'tab\there'; CREATE INDEX NAME_ ON NAME.NAME (NAME);"
                        + "CREATE VIEW NAME.\"v?\" AS SELECT NAME FROM NAME.NAME;"
                        + "CREATE TYPE NAME.\"e'\" AS ENUM ('a''b', '%s')")
                .replace("NAME_", '"' + name.replace("\"", "\"\"") + "_\"")
                .replace("NAME", quoted));
        try {
            SchemaPicture picture = read();
            String shown = quoted;
            assertThat(definition(picture, "column", shown + "." + shown + "." + shown))
                    .isEqualTo("integer not null\ncomment 'tab\there'");
            assertThat(definition(picture, "type", shown + ".\"e'\"")).startsWith("enum ('a''b', '%s')");
            assertThat(SchemaPicture.parse(picture.write())).contains(picture);
            assertThat(read(name).objects())
                    .extracting(SchemaObject::name)
                    .noneMatch(object -> object.startsWith(shown));
        } finally {
            sql.execute("DROP SCHEMA " + quoted + " CASCADE");
        }
    }

    /** Settings of the role would show in definitions, and its rights must not matter. */
    @Test
    void anyRoleSeesTheSame() {
        sql.execute("CREATE ROLE schema_looker LOGIN PASSWORD 'looker';"
                + " ALTER ROLE schema_looker SET search_path = desk, public;"
                + " ALTER ROLE schema_looker SET DateStyle = 'German';"
                + " ALTER ROLE schema_looker SET TimeZone = 'Asia/Kolkata';"
                + " ALTER ROLE schema_looker SET quote_all_identifiers = on");
        String url = server.url().replaceFirst("//[^@]*@", "//schema_looker:looker@");
        try (Database theirs = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS)) {
            assertThat(new SchemaReader(theirs.transactions()).read(List.of())).isEqualTo(read());
        } finally {
            sql.execute("DROP ROLE schema_looker");
        }
    }

    /** Objects that are dropped between being listed and being asked for their definition must not make it fail. */
    @Test
    void othersMayCreateAndDropMeanwhile() throws Exception {
        SchemaPicture before = read();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicLong rounds = new AtomicLong();
        Thread busy = new Thread(() -> {
            while (!enough.get()) {
                sql.execute("CREATE TABLE desk.brief (id serial PRIMARY KEY, a int DEFAULT 1 CHECK (a > 0));"
                        + " CREATE VIEW desk.briefer AS SELECT a FROM desk.brief");
                sql.execute("DROP VIEW desk.briefer; DROP TABLE desk.brief");
                rounds.incrementAndGet();
            }
        });
        busy.start();
        try {
            for (int reads = 0; reads < 100 || rounds.get() < 50; reads++) {
                assertThat(read().objects()).containsAll(before.objects());
            }
        } finally {
            enough.set(true);
            busy.join();
        }
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void temporaryTablesAreNobodysDrift() throws Exception {
        SchemaPicture before = read();
        try (var connection = sql.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE pg_class (a int)");
            assertThat(read()).isEqualTo(before);
        }
    }
}
