package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TcpProxy;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A network that is slow, cut, half closed or gone for a while. */
@AthanorPostgres
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NetworkFaultsTest {
    private static final int ROWS = 10_000;
    private static final int CUTS = 6;

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Once once;
    private TcpProxy proxy;
    private Watched run;

    @BeforeEach
    void start() {
        once = new Once(database, ROWS);
        proxy = TcpProxy.before(database);
        Migrations migrations = once.prepare(folder, database, "chunk-size=100 max-rows-per-second=5000 workers=2")
                .at(proxy.url());
        run = Watched.upgrading(migrations, Duration.ofMinutes(2));
        run.awaitMoreChunks(3);
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private void everythingIsDoneOnce() {
        assertThat(run.end().stopped()).isFalse();
        once.exactlyOnce();
    }

    @Test
    void cut_connections_are_made_anew() {
        for (int cut = 0; cut < CUTS; cut++) {
            proxy.cut();
            run.awaitMoreChunks(2);
        }
        everythingIsDoneOnce();
    }

    @Test
    void half_closed_connections_are_made_anew() {
        for (int cut = 0; cut < CUTS; cut++) {
            proxy.halfClose();
            run.awaitMoreChunks(2);
        }
        everythingIsDoneOnce();
    }

    @Test
    void refused_connections_are_waited_for() {
        proxy.refuse();
        // what a refused connection has; a chunk that was under way may have met 08006 before
        run.awaitRetried("08003");
        proxy.accept();
        everythingIsDoneOnce();
    }

    @Test
    void a_slow_network_only_takes_longer() {
        proxy.delay(Duration.ofMillis(20));
        run.awaitMoreChunks(5);
        proxy.delay(Duration.ZERO);
        everythingIsDoneOnce();
        assertThat(run.retried()).isEmpty();
    }

    /** Gone for longer than the lease lives; nobody took it meanwhile. */
    @Test
    void a_dropped_network_that_comes_back_is_gone_on_with() {
        proxy.freeze();
        awaitLeaseExpired();
        int chunks = run.chunks();
        proxy.unfreeze();
        run.awaitMoreChunks(1);
        assertThat(run.chunks()).isGreaterThan(chunks);
        everythingIsDoneOnce();
    }

    /** What was sent into the dropped network is lost, and so is every answer. */
    @Test
    void a_dropped_network_that_forgets_its_connections_is_gone_on_with() {
        proxy.freeze();
        awaitLeaseExpired();
        proxy.cut();
        proxy.unfreeze();
        everythingIsDoneOnce();
        assertThat(run.retried()).isNotEmpty();
    }

    private void awaitLeaseExpired() {
        Awaitility.await("the lease has expired")
                .atMost(WorkerProcess.PATIENCE)
                .until(() -> database.jdbc()
                                .number("SELECT count(*) FROM athanor.lease WHERE expires_at < clock_timestamp()")
                        == 1);
    }
}
