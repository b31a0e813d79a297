package dev.athanor.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.ledger.BackfillLedger.DoneChunk;
import dev.athanor.ledger.BackfillLedger.NewBackfill;
import dev.athanor.ledger.BackfillLedger.NewRange;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.ReactiveTransactions.Closing;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The cursor's last word in a chunk's transaction. */
@AthanorPostgres
class BackfillLedgerTest {
    private static final Fence OLD = new Fence(1);
    private static final Fence NEW = new Fence(2);

    private final TestDatabase server;
    private final LedgerFixture fixture;
    private final BackfillLedger ledger = new BackfillLedger(LedgerFixture.HOSTILE);

    BackfillLedgerTest(TestDatabase server) {
        this.server = server;
        this.fixture = new LedgerFixture(server);
        Lease lease = fixture.leases().acquire(false, LeaseListener.NONE);
        fixture.schema().upgrade(lease.fence());
        lease.close();
        server.jdbc().execute("DROP TABLE IF EXISTS t; CREATE TABLE t (id int)");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ReactiveTransactions transactions() {
        return fixture.database().reactive();
    }

    private <T> T done(Function<ReactiveSession, Mono<T>> work) {
        return transactions()
                .inTransaction(TransactionSettings.SERVER_DEFAULTS, work)
                .blockOptional()
                .orElseThrow();
    }

    /** A backfill of one range, which a newer owner has taken over. */
    private long takenOver() {
        server.jdbc()
                .execute("INSERT INTO " + LedgerFixture.quoted()
                        + ".revision (id, checksum, actor) VALUES ('r', 'v1:test', 'test')");
        long id = done(
                session -> ledger.create(session, new NewBackfill("r", 0, "fill", "t", List.of("id"), 10, "v1:test")));
        done(session -> ledger.addRange(session, id, new NewRange(0, null, List.of("10")), OLD));
        done(session -> ledger.adopt(session, id, NEW));
        return id;
    }

    private Mono<Boolean> chunk(long id, Fence fence) {
        DoneChunk chunk = new DoneChunk(id, 0, null, List.of("5"), 5, 5, 1, false);
        return transactions()
                .inTransaction(
                        TransactionSettings.SERVER_DEFAULTS,
                        session -> Mono.just(true),
                        (session, ready) -> session.execute("INSERT INTO t VALUES (1)")
                                .map(count -> new Closing<>(ledger.advance(session, chunk, fence), true)));
    }

    @Test
    void chunkOfAnOlderOwnerIsNotCommitted() {
        long id = takenOver();
        chunk(id, OLD).as(StepVerifier::create).verifyError(FencedOffException.class);
        assertThat(server.jdbc().number("SELECT count(*) FROM t")).isZero();
        chunk(id, NEW).as(StepVerifier::create).expectNext(true).verifyComplete();
        assertThat(server.jdbc().number("SELECT count(*) FROM t")).isOne();
    }
}
