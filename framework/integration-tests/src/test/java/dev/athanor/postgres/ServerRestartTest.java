package dev.athanor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.embedded.StopMode;
import dev.athanor.sql.SqlStateClass;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.testkit.TestServer;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ServerRestartTest {

    private static Mono<Long> reactive(Database database) {
        return database.reactive()
                .inTransaction(
                        TransactionSettings.SERVER_DEFAULTS,
                        s -> s.query("SELECT count(*) AS n, pg_sleep(0.05)::text FROM pg_class", row -> row.number("n"))
                                .single());
    }

    private static long blocking(Database database) {
        return database.transactions()
                .autocommit(
                        s -> s.queryOne("SELECT 1 AS n", row -> row.number("n")).orElse(0L));
    }

    @Test
    void isTransientForBothPoolsAndForgottenAfterwards() {
        try (TestServer server = TestServer.dedicated();
                TestDatabase fresh = server.newDatabase();
                Database database = Database.open(ConnectionUrl.parse(fresh.url(), Map.of()), PoolSettings.DEFAULTS)) {
            Flux.range(0, 4).flatMap(i -> reactive(database), 4, 1).blockLast();
            server.stop(StopMode.IMMEDIATE);
            assertTransient(() -> reactive(database).block());
            assertTransient(() -> blocking(database));
            server.start();
            assertThat(blocking(database)).isEqualTo(1);
            Flux.range(0, 4).flatMap(i -> reactive(database), 4, 1).blockLast();
            server.restart(StopMode.IMMEDIATE);
            assertThat(Objects.requireNonNull(reactive(database).block())).isPositive();
        }
    }

    private static void assertTransient(Runnable work) {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(work::run)
                .satisfies(e -> assertThat(e.category()).isEqualTo(SqlStateClass.TRANSIENT))
                .satisfies(e -> assertThat(e.code()).isEqualTo("connection_refused"));
    }
}
