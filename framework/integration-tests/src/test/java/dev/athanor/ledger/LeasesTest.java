package dev.athanor.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.FailureKind;
import dev.athanor.embedded.StopMode;
import dev.athanor.postgres.Pause;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class LeasesTest {
    private static final Duration LONG = Duration.ofSeconds(600);
    private static final OwnProcess ELSEWHERE = new OwnProcess("elsewhere", 4711, null);

    private final TestDatabase server;
    private final LedgerFixture first;
    private final LedgerFixture second;
    private final Recorder recorder = new Recorder();

    LeasesTest(TestDatabase server) {
        this.server = server;
        this.first = new LedgerFixture(server);
        this.second = new LedgerFixture(server);
    }

    @BeforeEach
    void schema() {
        first.schema().bootstrap();
    }

    @AfterEach
    void drop() {
        first.close();
        second.close();
        server.jdbc().execute("DROP SCHEMA " + LedgerFixture.quoted() + " CASCADE");
    }

    private static Pause never() {
        return duration -> {
            throw new AssertionError("waits");
        };
    }

    /** While the other waits, the world goes on. */
    private static Pause meanwhile(Runnable happens) {
        return duration -> happens.run();
    }

    private void expire() {
        server.jdbc()
                .execute("UPDATE " + LedgerFixture.quoted() + ".lease SET heartbeat_at = heartbeat_at - interval"
                        + " '1 h', expires_at = expires_at - interval '1 h'");
    }

    @Test
    void aReleasedLeaseIsFreeAtOnceAndTheTokenGrows() {
        Lease one = first.leases(LONG, ELSEWHERE, never()).acquire(false, recorder);
        one.close();
        Lease two = second.leases(LONG, ELSEWHERE, never()).acquire(false, recorder);
        assertThat(two.fence().token()).isEqualTo(one.fence().token() + 1);
        assertThat(recorder.told).isEmpty();
    }

    @Test
    void aLivingHolderOfThisHostIsToldAtOnce() {
        Lease lease = first.leases(LONG, OwnProcess.current(), never()).acquire(false, recorder);
        assertThatExceptionOfType(LeaseHeldException.class)
                .isThrownBy(
                        () -> second.leases(LONG, OwnProcess.current(), never()).acquire(false, recorder))
                .withMessageContaining("'ann@desk'")
                .withMessageContaining("pid " + ProcessHandle.current().pid())
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.LEASE_HELD))
                .satisfies(e -> assertThat(e.hint()).contains("--takeover"))
                .satisfies(e ->
                        assertThat(e.holder().token()).isEqualTo(lease.fence().token()));
        assertThat(second.leases().holder()).isPresent();
    }

    @Test
    void aHolderElsewhereLivesWhenItBeats() {
        Lease lease = first.leases(LONG, ELSEWHERE, never()).acquire(false, recorder);
        AtomicInteger looks = new AtomicInteger();
        Pause pause = meanwhile(() -> {
            if (looks.incrementAndGet() == 3) {
                lease.beat();
            }
        });
        assertThatExceptionOfType(LeaseHeldException.class)
                .isThrownBy(
                        () -> second.leases(LONG, OwnProcess.current(), pause).acquire(false, recorder));
        assertThat(looks).hasValue(3);
        assertThat(recorder.told).containsExactly("waiting", "waiting", "waiting");
    }

    @Test
    void aDeadHolderIsWaitedForAndReplaced() {
        OwnProcess gone = new OwnProcess(OwnProcess.current().host(), Integer.MAX_VALUE, null);
        Lease lease = first.leases(LONG, gone, never()).acquire(false, recorder);
        Lease next = second.leases(LONG, OwnProcess.current(), meanwhile(this::expire))
                .acquire(false, recorder);
        assertThat(recorder.told).containsExactly("waiting", "taken over");
        assertThat(next.fence().token()).isEqualTo(lease.fence().token() + 1);
        assertThat(server.jdbc().text("SELECT kind FROM " + LedgerFixture.quoted() + ".event"))
                .isEqualTo("lease_taken_over");
        lease.beat();
        assertThat(lease.isLost()).isTrue();
        assertThat(recorder.told).containsExactly("waiting", "taken over", "lost");
    }

    @Test
    void aReusedPidIsNotTheHolder() {
        OwnProcess current = OwnProcess.current();
        assertThat(current.isAlive()).isTrue();
        assertThat(current.started()).isNotNull();
        OwnProcess reused = new OwnProcess(
                current.host(),
                current.pid(),
                Objects.requireNonNull(current.started()).minusSeconds(60));
        assertThat(reused.isAlive()).isFalse();
    }

    @Test
    void takeoverTakesFromTheLiving() {
        Lease lease = first.leases(LONG, OwnProcess.current(), never()).acquire(false, recorder);
        Lease next = second.leases(LONG, OwnProcess.current(), never()).acquire(true, recorder);
        assertThat(recorder.told).containsExactly("taken over");
        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> check(first, lease.fence()));
        check(second, next.fence());
    }

    private static void check(LedgerFixture process, Fence fence) {
        process.database().transactions().inTransaction(TransactionSettings.SERVER_DEFAULTS, session -> {
            process.leases().check(session, fence);
            return fence;
        });
    }

    @Test
    void anExpiredLeaseStaysOursUntilSomebodyTakesIt() {
        Lease lease = first.leases(LONG, OwnProcess.current(), never()).acquire(false, recorder);
        expire();
        check(first, lease.fence());
        lease.beat();
        assertThat(lease.isLost()).isFalse();
        assertThatExceptionOfType(LeaseHeldException.class)
                .isThrownBy(
                        () -> second.leases(LONG, OwnProcess.current(), never()).acquire(false, recorder));
    }

    @Test
    void heartbeatsKeepAShortLeaseAlive() {
        Lease lease = first.leases(Duration.ofMillis(300), ELSEWHERE, never()).acquire(false, recorder);
        long token = lease.fence().token();
        String beats = "SELECT count(*) FROM " + LedgerFixture.quoted() + ".lease WHERE token = " + token
                + " AND heartbeat_at > acquired_at + interval '400 ms' AND expires_at > clock_timestamp()";
        Awaitility.await().until(() -> server.jdbc().number(beats) == 1);
        lease.close();
    }

    @Test
    void aTakeoverWaitsForWhoHasCheckedHisToken() throws SQLException {
        Lease lease = first.leases(LONG, OwnProcess.current(), never()).acquire(false, recorder);
        try (Connection writer = server.jdbc().connect()) {
            writer.setAutoCommit(false);
            writer.createStatement().execute("SELECT 1 FROM " + LedgerFixture.quoted() + ".lease FOR KEY SHARE");
            lease.beat();
            assertThat(lease.isLost()).isFalse();
            CompletableFuture<Lease> next = CompletableFuture.supplyAsync(
                    () -> second.leases(LONG, OwnProcess.current(), never()).acquire(true, recorder));
            Awaitility.await()
                    .until(() -> server.jdbc()
                                    .number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type ="
                                            + " 'Lock' AND query LIKE 'SELECT owner%'")
                            == 1);
            assertThat(next).isNotDone();
            writer.commit();
            assertThat(next.join().fence().token()).isEqualTo(lease.fence().token() + 1);
        }
    }

    @Test
    void ofManyAtOnceOneGetsIt() {
        CyclicBarrier barrier = new CyclicBarrier(4);
        List<CompletableFuture<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> race(barrier)))
                .toList();
        assertThat(racers.stream().filter(CompletableFuture::join)).hasSize(1);
    }

    private boolean race(CyclicBarrier barrier) {
        try (LedgerFixture racer = new LedgerFixture(server)) {
            barrier.await();
            racer.leases(LONG, OwnProcess.current(), never()).acquire(false, LeaseListener.NONE);
            return true;
        } catch (LeaseHeldException e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServerRestartDoesNotLoseTheLease() {
        try (TestServer own = TestServer.dedicated();
                TestDatabase database = own.newDatabase();
                LedgerFixture process = new LedgerFixture(database)) {
            Lease lease = process.leases(LONG, OwnProcess.current(), never()).acquire(false, recorder);
            own.stop(StopMode.IMMEDIATE);
            lease.beat();
            assertThat(lease.isLost()).isFalse();
            own.start();
            lease.beat();
            assertThat(lease.isLost()).isFalse();
            check(process, lease.fence());
            lease.close();
        }
        assertThat(recorder.told).isEmpty();
    }

    private static final class Recorder implements LeaseListener {
        private final List<String> told = new ArrayList<>();

        @Override
        public void waiting(LeaseHolder holder, Duration remaining) {
            told.add("waiting");
        }

        @Override
        public void takenOver(LeaseHolder previous) {
            told.add("taken over");
        }

        @Override
        public void lost(Fence ours) {
            told.add("lost");
        }
    }
}
