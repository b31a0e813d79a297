package dev.athanor.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AthanorPostgres
class StateSchemaTest {
    private final TestDatabase server;
    private final LedgerFixture ours;

    StateSchemaTest(TestDatabase server) {
        this.server = server;
        this.ours = new LedgerFixture(server);
    }

    @AfterEach
    void drop() {
        ours.close();
        server.jdbc().execute("DROP SCHEMA IF EXISTS " + LedgerFixture.quoted() + " CASCADE");
    }

    @Test
    void makesItselfOnceAndReadingMakesNothing() {
        assertThat(ours.ledger().revisions()).isEmpty();
        assertThat(ours.leases().holder()).isEmpty();
        assertThat(ours.schema().exists()).isFalse();
        assertThat(schemas()).isZero();
        ours.leases().acquire(false, LeaseListener.NONE).close();
        ours.leases().acquire(false, LeaseListener.NONE).close();
        assertThat(ours.schema().exists()).isTrue();
        assertThat(server.jdbc().texts("SELECT version FROM " + LedgerFixture.quoted() + ".schema_version ORDER BY 1"))
                .containsExactly("1", "2", "3", "4");
    }

    private long schemas() {
        return server.jdbc().number("SELECT count(*) FROM pg_namespace WHERE nspname = ?", LedgerFixture.HOSTILE);
    }

    @Test
    void manyProcessesMakeItAtOnce() {
        CyclicBarrier barrier = new CyclicBarrier(4);
        List<CompletableFuture<Void>> racers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try (LedgerFixture racer = new LedgerFixture(server)) {
                        barrier.await();
                        racer.schema().bootstrap();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        racers.forEach(CompletableFuture::join);
        assertThat(schemas()).isEqualTo(1);
    }

    @Test
    void aNewerVersionIsRefused() {
        ours.leases().acquire(false, LeaseListener.NONE).close();
        server.jdbc().execute("INSERT INTO " + LedgerFixture.quoted() + ".schema_version VALUES (99)");
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> ours.leases().acquire(false, LeaseListener.NONE))
                .withMessageContaining("version 99")
                .satisfies(e -> assertThat(e.code()).isEqualTo("state_schema_too_new"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.REFUSED));
    }

    @Test
    void scriptsRunOnlyUnderTheLease() {
        ours.schema().bootstrap();
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> ours.schema().upgrade(new Fence(7)));
        assertThat(ours.schema().exists()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "pg_mine", "a234567890123456789012345678901234567890123456789012345678901234"})
    void impossibleNamesAreRefused(String name) {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> new StateSchema(ours.database().transactions(), name))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE));
    }

    @Test
    void aRoleNeedsItsSchemaAndNothingElse() {
        String role = server.name();
        server.jdbc()
                .execute("REVOKE CREATE ON DATABASE " + server.name() + " FROM PUBLIC; CREATE ROLE " + role
                        + " LOGIN PASSWORD 'pw'");
        String url = server.url().replaceFirst("//[^@]*@", "//" + role + ":pw@");
        try (LedgerFixture restricted = new LedgerFixture(url, LedgerFixture.HOSTILE)) {
            refused(restricted, "CREATE SCHEMA " + LedgerFixture.quoted() + " AUTHORIZATION \"" + role + "\"");
            server.jdbc().execute("CREATE SCHEMA " + LedgerFixture.quoted());
            refused(restricted, "GRANT USAGE, CREATE ON SCHEMA " + LedgerFixture.quoted() + " TO \"" + role + "\"");
            server.jdbc().execute("ALTER SCHEMA " + LedgerFixture.quoted() + " OWNER TO " + role);
            restricted.leases().acquire(false, LeaseListener.NONE).close();
            server.jdbc().execute("DROP SCHEMA " + LedgerFixture.quoted() + " CASCADE");
            ours.leases().acquire(false, LeaseListener.NONE).close();
            refused(restricted, "GRANT ALL ON ALL TABLES IN SCHEMA " + LedgerFixture.quoted());
        }
        server.jdbc().execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    }

    private static void refused(LedgerFixture process, String remedy) {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> process.leases().acquire(false, LeaseListener.NONE))
                .satisfies(e -> assertThat(e.code()).isEqualTo("missing_right"))
                .satisfies(e -> assertThat(e.hint()).contains(remedy));
    }
}
