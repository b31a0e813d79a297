package dev.athanor.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.LeaseListener;
import dev.athanor.ledger.LedgerFixture;
import dev.athanor.ledger.SectionState;
import dev.athanor.ledger.VerificationLedger;
import dev.athanor.plan.ChunkTemplate;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.Step.VerifyStep;
import dev.athanor.revision.Phase;
import dev.athanor.source.BackfillOptions;
import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

@AthanorPostgres
class VerifierTest {
    private static final String REVISION = "r'1";
    private static final BackfillStep BACKFILL = new BackfillStep(
            REVISION,
            0,
            "fill",
            "m/r.sql:3",
            QualifiedName.parse("t"),
            List.of("id"),
            BackfillOptions.NONE,
            new ChunkTemplate("UPDATE t SET a = 1 WHERE ", null, ""));

    private final TestDatabase server;
    private final LedgerFixture process;
    private final Fence fence;
    private final Verifier verifier;
    private final ContractGate gate;

    VerifierTest(TestDatabase server) {
        this.server = server;
        this.process = new LedgerFixture(server);
        this.fence = process.leases().acquire(false, LeaseListener.NONE).fence();
        process.ledger().begin(fence, REVISION, "v1:x");
        this.verifier = new Verifier(process.database().reactive(), new VerificationLedger(process.schema()));
        this.gate = new ContractGate(process.ledger());
    }

    @AfterEach
    void drop() {
        process.close();
        server.jdbc().execute("DROP SCHEMA " + LedgerFixture.quoted() + " CASCADE");
    }

    private static VerifyStep step(String sql) {
        return new VerifyStep(REVISION, 1, "none-left", "m/r.sql:7", sql);
    }

    private static PhasePlan plan() {
        return new PhasePlan(REVISION, "v1:x", Phase.BACKFILL, List.of(BACKFILL, step("SELECT 0")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM generate_series(1, 0)",
                "SELECT 0",
                "SELECT 0.0",
                "SELECT 0::numeric AS \"?\""
            })
    void nothingWrongPasses(String sql) {
        StepVerifier.create(verifier.run(step(sql), fence)).verifyComplete();
        assertThat(process.ledger().sections(REVISION)).containsExactly(new SectionState(1, 0, false, true, 0L));
    }

    @Test
    void rowsStillWrongAreAFindingUntilTheyAreNot() {
        StepVerifier.create(verifier.run(step("SELECT 3"), fence)).verifyErrorSatisfies(e -> {
            VerificationFailedException failed = (VerificationFailedException) e;
            assertThat(failed).hasMessageContaining("'none-left' found 3 rows still wrong");
            assertThat(failed.kind()).isEqualTo(FailureKind.FINDING);
            assertThat(failed.stillWrong()).isEqualTo(3);
        });
        assertThat(process.ledger().sections(REVISION)).containsExactly(new SectionState(1, 0, false, false, 3L));
        StepVerifier.create(verifier.run(step("SELECT 0"), fence)).verifyComplete();
        assertThat(process.ledger().sections(REVISION)).containsExactly(new SectionState(1, 0, false, true, 0L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 WHERE false | no row",
                "SELECT generate_series(1, 5) | several rows",
                "SELECT 1, 2 | 2 columns",
                "SELECT NULL::int | something else",
                "SELECT 'x' | something else",
                "SELECT 0.5 | something else",
                "SELECT -1 | the negative number -1",
                "SELECT nothing_there | SQLSTATE 42703"
            })
    void anythingElseIsABadVerification(String sql, String gave) {
        StepVerifier.create(verifier.run(step(sql), fence)).verifyErrorSatisfies(e -> {
            assertThat(e).isInstanceOf(AthanorException.class).hasMessageContaining("m/r.sql:7");
            assertThat(e).hasMessageContaining(gave);
            assertThat(((AthanorException) e).code()).isEqualTo("bad_verification");
        });
        assertThat(process.ledger().sections(REVISION)).isEmpty();
    }

    @Test
    void whoIsFencedOffRecordsNothing() {
        StepVerifier.create(verifier.run(step("SELECT 0"), new Fence(fence.token() - 1)))
                .verifyError(FencedOffException.class);
        assertThat(process.ledger().sections(REVISION)).isEmpty();
    }

    @Test
    void theGateOpensOnEvidenceOnly() {
        refused("backfill_unfinished", "'fill' has not begun");
        String schema = LedgerFixture.quoted();
        server.jdbc()
                .update(
                        "INSERT INTO " + schema
                                + ".backfill (revision_id, ordinal, name, table_name, key_columns, state,"
                                + " rows_estimated) VALUES (?, 0, 'fill', 't', '{id}', 'stopped', 100)",
                        REVISION);
        server.jdbc()
                .execute("INSERT INTO " + schema + ".backfill_range (backfill_id, range_no, upper_key, state,"
                        + " fencing_token, rows_walked) SELECT id, 0, '{50}', 'running', 1, 42 FROM " + schema
                        + ".backfill");
        refused("backfill_unfinished", "'fill' is stopped, 42 of about 100 rows done");
        server.jdbc()
                .execute("UPDATE " + schema + ".backfill SET state = 'done'; UPDATE " + schema
                        + ".backfill_range SET state = 'done'");
        refused("verification_missing", "'none-left' has not run");
        StepVerifier.create(verifier.run(step("SELECT 3"), fence)).verifyError(VerificationFailedException.class);
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> gate.requireOpen(plan()));
        StepVerifier.create(verifier.run(step("SELECT 0"), fence)).verifyComplete();
        gate.requireOpen(plan());
    }

    private void refused(String code, String reason) {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> gate.requireOpen(plan()))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.REFUSED))
                .satisfies(e -> assertThat(e.hint()).contains("athanor upgrade").contains("--phase backfill"));
    }
}
