package dev.athanor.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.examples.application.Check;
import dev.athanor.examples.application.Findings;
import dev.athanor.examples.application.Instance;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.Pause;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A statement of the application that waits for a lock is seen; one that waits long is a finding. */
@AthanorPostgres
final class LockWatchTest {
    private final Findings findings = new Findings();
    private final Timeline timeline = new Timeline();

    @Test
    void aLongWaitIsFound(TestDatabase test) throws Exception {
        blocked(test, Instance.sessionPrefix() + "A old", Duration.ofMillis(100));

        assertThat(findings.count(Check.LOCK_WAIT)).isOne();
        assertThat(findings.examples(Check.LOCK_WAIT).get(0)).contains("DELETE FROM t", "blocked by", "UPDATE t");
    }

    @Test
    void aShortOneIsNot(TestDatabase test) throws Exception {
        blocked(test, Instance.sessionPrefix() + "A old", Duration.ofDays(1));

        assertThat(findings.none()).isTrue();
    }

    /** Blocks a statement until the watch has seen it waiting for 150 ms. */
    private void blocked(TestDatabase test, String applicationName, Duration limit) throws Exception {
        test.jdbc().execute("DROP TABLE IF EXISTS t; CREATE TABLE t (id int); INSERT INTO t VALUES (1)");
        timeline.begin(Stage.OLD, System.nanoTime());
        try (Database database = Database.open(ConnectionUrl.parse(test.url(), Map.of()), PoolSettings.DEFAULTS);
                LockWatch watch = new LockWatch(database.dataSource(), timeline, findings, limit);
                Connection blocker = test.jdbc().connect();
                Statement blocking = blocker.createStatement()) {
            watch.start();
            blocker.setAutoCommit(false);
            blocking.execute("UPDATE t SET id = 2");
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> delete(test, applicationName));
            while (watch.atLeast(Stage.OLD) < 150) {
                Pause.real().await(Duration.ofMillis(10));
            }
            blocker.rollback();
            waiting.get(1, TimeUnit.MINUTES);
        }
    }

    private static void delete(TestDatabase test, String applicationName) {
        try (Connection connection = test.jdbc().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = '" + applicationName + "'");
            statement.execute("DELETE FROM t");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
