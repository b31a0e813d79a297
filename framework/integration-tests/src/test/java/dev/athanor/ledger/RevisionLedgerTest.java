package dev.athanor.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.postgres.TransactionSettings;
import dev.athanor.revision.Phase;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class RevisionLedgerTest {
    private static final String HOSTILE_ID = "a'\"; drop";

    private final TestDatabase server;
    private final LedgerFixture process;
    private final Fence fence;
    private final RevisionLedger ledger;

    RevisionLedgerTest(TestDatabase server) {
        this.server = server;
        this.process = new LedgerFixture(server);
        this.fence = process.leases().acquire(false, LeaseListener.NONE).fence();
        this.ledger = process.ledger();
    }

    @AfterEach
    void drop() {
        process.close();
        server.jdbc().execute("DROP SCHEMA " + LedgerFixture.quoted() + " CASCADE");
    }

    private void write(Fence shown, SectionState section) {
        process.database().transactions().inTransaction(TransactionSettings.SERVER_DEFAULTS, session -> {
            ledger.write(session, shown, HOSTILE_ID, section);
            return section;
        });
    }

    @Test
    void remembersPhasesInOrder() {
        RevisionState begun = ledger.begin(fence, HOSTILE_ID, "v1:a");
        assertThat(begun.finished()).isNull();
        assertThat(begun.actor()).isEqualTo("ann@desk");
        ledger.begin(fence, "b", "v1:b");
        for (Phase phase : Phase.values()) {
            ledger.finishPhase(fence, HOSTILE_ID, phase);
            ledger.finishPhase(fence, HOSTILE_ID, phase);
            assertThat(ledger.revision(HOSTILE_ID).orElseThrow().hasFinished(phase))
                    .isTrue();
        }
        assertThat(ledger.revisions()).extracting(RevisionState::id).containsExactly(HOSTILE_ID, "b");
        assertThat(ledger.revisions()).extracting(RevisionState::applied).containsExactly(true, false);
        assertThat(ledger.revision(HOSTILE_ID).orElseThrow().appliedAt()).isNotNull();
        assertThat(server.jdbc().number("SELECT count(*) FROM " + LedgerFixture.quoted() + ".event"))
                .isEqualTo(5);
    }

    @Test
    void aMendedRevisionGetsItsNewChecksumUntilItIsApplied() {
        ledger.begin(fence, "r", "v1:a");
        assertThat(ledger.begin(fence, "r", "v1:b").checksum()).isEqualTo("v1:b");
        ledger.finishPhase(fence, "r", Phase.EXPAND);
        assertThat(ledger.begin(fence, "r", "v1:c").checksum()).isEqualTo("v1:c");
        ledger.finishPhase(fence, "r", Phase.BACKFILL);
        ledger.finishPhase(fence, "r", Phase.CONTRACT);
        assertThat(ledger.begin(fence, "r", "v1:d").checksum()).isEqualTo("v1:c");
    }

    @Test
    void remembersSections() {
        ledger.begin(fence, HOSTILE_ID, "v1:a");
        SectionState attempted = new SectionState(3, 1, true, false, null);
        SectionState verified = new SectionState(5, 0, false, true, 0L);
        write(fence, attempted);
        write(fence, verified);
        assertThat(ledger.sections(HOSTILE_ID)).containsExactly(attempted, verified);
        SectionState finished = new SectionState(3, 2, false, true, null);
        write(fence, finished);
        assertThat(process.database().transactions().<SectionState>autocommit(s -> ledger.section(s, HOSTILE_ID, 3)))
                .isEqualTo(finished);
        assertThat(process.database().transactions().<SectionState>autocommit(s -> ledger.section(s, HOSTILE_ID, 9)))
                .isEqualTo(SectionState.untouched(9));
    }

    @Test
    void nothingIsWrittenByWhoIsFencedOff() {
        Fence old = new Fence(fence.token() - 1);
        ledger.begin(fence, HOSTILE_ID, "v1:a");
        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> ledger.begin(old, "x", "v1:x"));
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> ledger.finishPhase(old, HOSTILE_ID, Phase.EXPAND));
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> write(old, new SectionState(0, 1, false, true, null)));
        assertThat(ledger.revisions()).extracting(RevisionState::finished).containsExactly((Phase) null);
        assertThat(ledger.sections(HOSTILE_ID)).isEmpty();
    }

    @Test
    void sumsUpBackfills() {
        ledger.begin(fence, HOSTILE_ID, "v1:a");
        String schema = LedgerFixture.quoted();
        server.jdbc()
                .update(
                        "INSERT INTO " + schema
                                + ".backfill (revision_id, ordinal, name, table_name, key_columns, state,"
                                + " rows_estimated) VALUES (?, 1, 'fill', 't', '{id}', 'running', 100)",
                        HOSTILE_ID);
        server.jdbc()
                .execute("INSERT INTO " + schema + ".backfill_range (backfill_id, range_no, upper_key, state,"
                        + " fencing_token, rows_walked, rows_changed) SELECT id, 0, '{50}'::text[], 'done', 1, 50, 40 FROM "
                        + schema
                        + ".backfill UNION ALL SELECT id, 1, '{100}'::text[], 'running', 1, 10, 9 FROM " + schema
                        + ".backfill");
        assertThat(ledger.backfills(HOSTILE_ID))
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("elapsed")
                .isEqualTo(new BackfillState(
                        1, "fill", "running", 100, 60, 49, 2, 1, "t", Duration.ZERO, "", null, List.of("id")));
    }
}
