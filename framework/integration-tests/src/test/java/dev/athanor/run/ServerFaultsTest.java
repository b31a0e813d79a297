package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.LeaseHeldException;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is full, or takes no more connections, or no writes: waited for, and when that is too long, resumable. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ServerFaultsTest {
    private static final int ROWS = 10_000;
    private static final String PACED = "chunk-size=100 max-rows-per-second=5000 workers=2";

    private static TestServer server;

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Jdbc sql;
    private Once once;
    private Migrations migrations;

    /** What goes wrong: how it begins, how it ends, and how the server says it. */
    enum Trouble {
        DISK_FULL("53100", "No space left") {
            @Override
            void begin(Jdbc sql) {
                sql.execute("INSERT INTO trouble VALUES (1)");
            }

            @Override
            void end(Jdbc sql) {
                sql.execute("DELETE FROM trouble");
            }
        },
        TOO_MANY_CONNECTIONS("53300", "too many connections") {
            @Override
            void begin(Jdbc sql) {
                sql.execute("ALTER ROLE worker CONNECTION LIMIT 0");
                sql.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'worker'");
            }

            @Override
            void end(Jdbc sql) {
                sql.execute("ALTER ROLE worker CONNECTION LIMIT -1");
            }
        },
        READ_ONLY("25006", "read-only") {
            @Override
            void begin(Jdbc sql) {
                sql.execute("ALTER SYSTEM SET default_transaction_read_only = on");
                sql.execute("SELECT pg_reload_conf()");
            }

            @Override
            void end(Jdbc sql) {
                sql.execute("ALTER SYSTEM RESET default_transaction_read_only");
                sql.execute("SELECT pg_reload_conf()");
            }
        };

        private final String sqlState;
        private final String words;

        Trouble(String sqlState, String words) {
            this.sqlState = sqlState;
            this.words = words;
        }

        abstract void begin(Jdbc sql);

        abstract void end(Jdbc sql);
    }

    @BeforeAll
    static void start() {
        server = TestServer.dedicated();
        // Its rights come from the membership; a superuser would be let in whatever the limit.
        Jdbc.at(server.url("postgres")).execute("CREATE ROLE worker LOGIN PASSWORD 'secret' IN ROLE postgres");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void prepare() {
        database = server.newDatabase();
        sql = database.jdbc();
        once = new Once(database, ROWS);
        migrations =
                once.prepare(folder, database, PACED).at(database.url().replaceFirst("//[^@]*@", "//worker:secret@"));
        sql.execute("""
                CREATE TABLE trouble (n int);
                CREATE FUNCTION meet_trouble() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF EXISTS (SELECT FROM trouble) THEN
                    RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
                  END IF;
                  RETURN NULL;
                END $$;
                CREATE TRIGGER meet_trouble AFTER UPDATE ON tickets EXECUTE FUNCTION meet_trouble();
                """);
    }

    @AfterEach
    void drop() {
        Trouble.READ_ONLY.end(sql);
        Trouble.TOO_MANY_CONNECTIONS.end(sql);
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void that_passes_is_waited_for(Trouble trouble) {
        Watched run = Watched.upgrading(migrations, Duration.ofMinutes(2));
        run.awaitMoreChunks(3);
        trouble.begin(sql);
        run.awaitRetried(trouble.sqlState);
        trouble.end(sql);
        assertThat(run.end().stopped()).isFalse();
        once.exactlyOnce();
        assertThat(run.retried()).contains(trouble.sqlState);
    }

    @ParameterizedTest
    @EnumSource
    void that_lasts_ends_the_run_resumable(Trouble trouble) {
        Watched run = Watched.upgrading(migrations, Duration.ofMillis(500));
        run.awaitMoreChunks(3);
        trouble.begin(sql);
        run.awaitFailed();
        trouble.end(sql);
        AthanorException failure = run.failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.FAILED);
        assertThat(failure.kind().exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining(trouble.words);
        assertThat(failure.hint()).contains("athanor resume");
        // a lease that could not be given back to a server in trouble runs out first
        Awaitility.await("the run goes on")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(LeaseHeldException.class)
                .untilAsserted(() -> assertThat(migrations.resume().applied()).containsExactly("once"));
        once.exactlyOnce();
    }
}
