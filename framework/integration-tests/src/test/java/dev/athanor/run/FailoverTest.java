package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.StandbyServer;
import dev.athanor.testkit.TcpProxy;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The primary dies; its synchronous standby takes over under the same address. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FailoverTest {
    private static final int ROWS = 10_000;

    @TempDir
    private Path folder;

    private TestServer primary;
    private TestDatabase database;
    private StandbyServer standby;
    private TcpProxy proxy;
    private Once once;
    private Migrations migrations;

    @BeforeEach
    void start() {
        primary = TestServer.dedicated();
        database = primary.newDatabase();
        Jdbc sql = database.jdbc();
        once = new Once(database, ROWS);
        proxy = TcpProxy.before(database);
        migrations = once.prepare(folder, database, "chunk-size=100 max-rows-per-second=5000 workers=2")
                .at(proxy.url());
        standby = StandbyServer.of(primary);
        sql.execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        sql.execute("SELECT pg_reload_conf()");
    }

    @AfterEach
    void close() {
        proxy.close();
        standby.close();
        primary.close();
    }

    private void failOver() {
        primary.kill();
        standby.promote();
        proxy.switchTo(standby.url(database.name()));
    }

    @Test
    void the_backfill_goes_on_at_the_promoted_standby() {
        Watched run = Watched.upgrading(migrations, Duration.ofMinutes(2));
        run.awaitMoreChunks(5);
        failOver();
        assertThat(run.end().stopped()).isFalse();
        assertThat(run.retried()).isNotEmpty();
        once.at(standby.jdbc(database.name())).exactlyOnce();
    }

    @Test
    void a_process_that_died_with_the_primary_is_resumed_at_the_promoted_standby() {
        try (ChildJvm child = WorkerProcess.upgrading(migrations)) {
            child.awaitLine("ChunkCommitted", WorkerProcess.PATIENCE);
            child.kill9();
        }
        failOver();
        assertThat(migrations.resume().applied()).containsExactly("once");
        once.at(standby.jdbc(database.name())).exactlyOnce();
    }
}
