package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@AthanorPostgres
@Timeout(60)
class TcpProxyTest {
    private TestDatabase database;
    private TcpProxy proxy;
    private Jdbc through;

    @BeforeEach
    void open() {
        proxy = TcpProxy.before(database);
        through = Jdbc.at(proxy.url());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private CompletableFuture<Long> ask(Connection connection) {
        return CompletableFuture.supplyAsync(() -> {
            try (Statement statement = connection.createStatement()) {
                return (long) statement.executeUpdate("CREATE TABLE IF NOT EXISTS asked ()");
            } catch (SQLException e) {
                throw new IllegalStateException(e.getSQLState(), e);
            }
        });
    }

    @Test
    void handsOnWhatIsSent() {
        assertThat(proxy.url()).isNotEqualTo(database.url());
        assertThat(through.text("SELECT current_database()")).isEqualTo(database.name());
        assertThat(through.number("SELECT length(repeat('x', 3000000))")).isEqualTo(3_000_000);
        assertThat(through.text("SELECT repeat('x', 3000000)")).hasSize(3_000_000);
    }

    @Test
    void cutEndsConnectionsAndTakesNewOnes() throws SQLException {
        try (Connection open = through.connect()) {
            assertThat(proxy.connectionCount()).isEqualTo(1);
            proxy.cut();
            assertThatThrownBy(() -> ask(open).join()).hasMessageContaining("08006");
        }
        assertThat(through.number("SELECT 1")).isEqualTo(1);
    }

    @Test
    void frozenNetworkSaysNothingAndComesBack() throws Exception {
        try (Connection open = through.connect()) {
            proxy.freeze();
            proxy.freeze();
            CompletableFuture<Long> asked = ask(open);
            assertThatThrownBy(() -> asked.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            CompletableFuture<Long> fresh = CompletableFuture.supplyAsync(() -> through.number("SELECT 7"));
            proxy.unfreeze();
            proxy.unfreeze();
            assertThat(asked.get()).isZero();
            assertThat(fresh.get()).isEqualTo(7);
        }
    }

    @Test
    void delayHoldsBackWhatIsSent() throws Exception {
        try (Connection open = through.connect()) {
            proxy.delay(Duration.ofMillis(150));
            assertThat(ask(open).join()).isZero();
            CompletableFuture<Long> frozenOnItsWay = ask(open);
            proxy.freeze();
            assertThatThrownBy(() -> frozenOnItsWay.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            proxy.unfreeze();
            assertThat(frozenOnItsWay.get()).isZero();
            proxy.delay(Duration.ofHours(1));
            CompletableFuture<Long> tomorrow = ask(open);
            assertThatThrownBy(() -> tomorrow.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            proxy.delay(Duration.ZERO);
            assertThat(through.number("SELECT 1")).isEqualTo(1);
            proxy.cut();
            assertThatThrownBy(tomorrow::join).hasMessageContaining("08006");
        }
    }

    @Test
    void refusesUntilItAcceptsAgain() {
        proxy.refuse();
        assertThatThrownBy(() -> through.number("SELECT 1")).hasMessageContaining("SQLSTATE 08001");
        proxy.accept();
        proxy.accept();
        assertThat(through.number("SELECT 1")).isEqualTo(1);
    }

    /** The server does what it was asked, answers, and ends the session as soon as it reads on. */
    @Test
    void halfClosedConnectionStillBringsTheAnswer() throws SQLException {
        try (Connection open = through.connect();
                Connection locker = database.jdbc().connect()) {
            locker.setAutoCommit(false);
            locker.createStatement().execute("SELECT pg_advisory_xact_lock(1)");
            CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(() -> {
                try (Statement statement = open.createStatement()) {
                    return statement.execute("SELECT pg_advisory_xact_lock(1)");
                } catch (SQLException e) {
                    throw new IllegalStateException(e.getSQLState(), e);
                }
            });
            while (database.jdbc().number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
                Thread.onSpinWait();
            }
            proxy.halfClose();
            locker.rollback();
            assertThat(asked.join()).isTrue();
            assertThatThrownBy(() -> ask(open).join()).hasMessageContaining("08");
        }
    }

    @Test
    void switchesToAnotherServer() {
        try (TestServer server = TestServer.dedicated();
                TestDatabase other = server.newDatabase()) {
            String url = proxy.url();
            proxy.switchTo(other.url());
            assertThat(Jdbc.at(proxy.url()).text("SELECT current_database()")).isEqualTo(other.name());
            assertThat(proxy.url()).isNotEqualTo(url);
        }
    }
}
