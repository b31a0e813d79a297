package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.ledger.BackfillFacts;
import dev.athanor.ledger.BackfillFacts.OpenRange;
import dev.athanor.ledger.BackfillFacts.Tally;
import dev.athanor.ledger.BackfillFacts.Vitals;
import dev.athanor.ledger.Control;
import dev.athanor.ledger.Control.Pace;
import dev.athanor.ledger.Control.Wish;
import dev.athanor.ledger.LeaseHolder;
import dev.athanor.ledger.OwnProcess;
import dev.athanor.ledger.RevisionState;
import dev.athanor.revision.Phase;
import dev.athanor.run.BackfillProgress.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Wish ANNA = new Wish("anna", "lunch hour", NOW);
    private static final Control PAUSED = new Control(1, ANNA, null, Pace.UNSET);
    private static final Control CANCELLED = new Control(1, null, ANNA, Pace.UNSET);
    private static final LeaseHolder HOLDER = holder(7);

    private static LeaseHolder holder(long token) {
        OwnProcess process = new OwnProcess("host", 1, null);
        Duration second = Duration.ofSeconds(1);
        return new LeaseHolder("bo", process, token, NOW, second, second, second, false, false);
    }

    private static Vitals vitals(Duration age, String state, int workers) {
        return new Vitals(
                age,
                7,
                state,
                "replica lag 2.1s",
                100.0,
                Duration.ofSeconds(5),
                workers,
                2,
                500,
                Duration.ofMillis(20),
                0.9,
                List.of());
    }

    private static BackfillFacts facts(String state, Control control, @Nullable Vitals vitals) {
        return facts(state, new Tally(500, 400, 3, 4, 1, state.equals("failed") ? 2 : 0, 7, "boom"), control, vitals);
    }

    private static BackfillFacts facts(String state, Tally tally, Control control, @Nullable Vitals vitals) {
        return new BackfillFacts(
                1,
                "r",
                0,
                "fill",
                "t",
                List.of("id"),
                state,
                1000,
                NOW,
                Duration.ofSeconds(50),
                tally,
                List.of(new OpenRange("100", "200", "150", 120), new OpenRange("", "zzz", "b", 125)),
                control,
                vitals);
    }

    private static BackfillProgress read(BackfillFacts facts, @Nullable LeaseHolder holder) {
        RevisionState revision = new RevisionState("r", 1, Phase.EXPAND, "c", "bo", NOW, NOW, null, null, false, false);
        return new ProgressReader(List.of(), Map.of("r", revision), holder)
                .read(List.of(facts))
                .get(0);
    }

    private static State state(String state, Control control, @Nullable LeaseHolder holder) {
        return read(facts(state, control, null), holder).standing();
    }

    @Test
    void states() {
        assertThat(state("running", Control.NONE, HOLDER)).isEqualTo(State.RUNNING);
        assertThat(state("running", Control.NONE, null)).isEqualTo(State.STALLED);
        assertThat(state("running", Control.NONE, holder(8)))
                .as("another process, which has not come to it")
                .isEqualTo(State.STALLED);
        assertThat(state("stopped", Control.NONE, null)).isEqualTo(State.STOPPED);
        assertThat(state("failed", Control.NONE, null)).isEqualTo(State.FAILED);
        assertThat(state("running", PAUSED, null)).isEqualTo(State.PAUSED);
        assertThat(state("failed", PAUSED, HOLDER)).isEqualTo(State.PAUSED);
        assertThat(state("stopped", CANCELLED, null)).isEqualTo(State.CANCELLED);
        assertThat(state("done", Control.NONE, null)).isEqualTo(State.DONE);
        assertThat(state("done", Control.NONE, HOLDER)).isEqualTo(State.VERIFYING);
    }

    @Test
    void throttled_as_long_as_its_process_says_so_and_is_held_back() {
        Duration fresh = Duration.ofSeconds(2);
        BackfillProgress throttled = read(facts("running", Control.NONE, vitals(fresh, "throttled", 1)), HOLDER);
        assertThat(throttled.standing()).isEqualTo(State.THROTTLED);
        assertThat(throttled.reason()).isEqualTo("replica lag 2.1s");
        assertThat(throttled.rowsPerSecond()).isEqualTo(100.0);
        assertThat(throttled.eta()).isEqualTo(Duration.ofSeconds(5));
        assertThat(throttled.active()).isEqualTo(Duration.ofSeconds(5));
        assertThat(read(facts("running", Control.NONE, vitals(fresh, "throttled", 0)), HOLDER)
                        .eta())
                .isNull();
        BackfillProgress silent =
                read(facts("running", Control.NONE, vitals(Duration.ofSeconds(11), "throttled", 1)), HOLDER);
        assertThat(silent.standing()).isEqualTo(State.RUNNING);
        assertThat(silent.pulse()).isNull();
        assertThat(read(facts("running", Control.NONE, vitals(fresh, "throttled", 1)), null)
                        .pulse())
                .as("a process that is gone leaves what it said")
                .isNull();
    }

    @Test
    void what_stands_still_has_no_rate_and_no_end() {
        BackfillProgress paused = read(facts("running", PAUSED, vitals(Duration.ZERO, "paused", 2)), HOLDER);
        assertThat(paused.rowsPerSecond()).isNull();
        assertThat(paused.eta()).isNull();
        assertThat(paused.reason()).isEqualTo("lunch hour");
        assertThat(paused.remedy()).isEqualTo("go on: athanor backfill resume 1");
    }

    @Test
    void how_far_it_is() {
        BackfillProgress failed = read(facts("failed", Control.NONE, null), null);
        assertThat(failed.percentOfRows()).isEqualTo(50);
        assertThat(failed.percentOfKey())
                .as("one of four is done, two are half done")
                .isEqualTo(50);
        assertThat(failed.rows().skipped()).isEqualTo(97);
        assertThat(failed.reason()).isEqualTo("2 ranges failed: boom");
        assertThat(failed.remedy()).contains("athanor backfill retry 1", "athanor backfill skip 1");
        BackfillProgress done = read(facts("done", Control.NONE, null), null);
        assertThat(done.percentOfRows()).isEqualTo(100);
        assertThat(done.rowsPerSecond()).isEqualTo(10);
        assertThat(done.eta()).isNull();
        assertThat(done.remedy()).contains("retry 1 --quarantined");
    }
}
