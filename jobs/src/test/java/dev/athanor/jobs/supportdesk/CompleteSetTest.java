package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.revision.Phase;
import dev.athanor.run.RunResult;
import dev.athanor.source.Revisions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.MigrationScenario;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The complete set on the desk of years ago, run as a user runs it. */
@AthanorPostgres
class CompleteSetTest {
    private final TestDatabase database;
    private final Jdbc jdbc;

    CompleteSetTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @BeforeEach
    void renew() {
        jdbc.execute("DROP SCHEMA IF EXISTS athanor CASCADE");
        Desks.renewLegacy(database, 1_500, 7);
    }

    @Test
    void everyFileComesAndGoesAndComesAgain() {
        assertThat(comeAndGo(RevisionSections.completeSet())).containsExactly("sd010");
    }

    @Test
    void everyClassComesAndGoesAndComesAgain() {
        assertThat(comeAndGo(Run.classes())).containsExactly("sd010", "sd013");
    }

    @Test
    void filesRunPhaseByPhase() {
        runPhaseByPhase(RevisionSections.completeSet());
    }

    @Test
    void classesRunPhaseByPhase() {
        runPhaseByPhase(Run.classes());
    }

    private List<String> comeAndGo(Revisions revisions) {
        return MigrationScenario.of(revisions)
                .on(database)
                .allowingIrreversible()
                .ignoring(
                        "public.customer_merges.merged_at",
                        "public.customer_satisfaction.id",
                        "public.tickets_archive.archived_at",
                        "public.tickets_archive.purged_at")
                .everyRevision()
                .noPending()
                .orderValid()
                .irreversible();
    }

    /** As around two rollouts: what stands on the contract of the first comes with the second. */
    private void runPhaseByPhase(Revisions revisions) {
        try (Run run = new Run(database.url(), revisions)) {
            for (Phase phase : Phase.values()) {
                RunResult result = run.upgrade("heads", phase);
                if (phase != Phase.BACKFILL) {
                    assertThat(result.notes()).anyMatch(note -> note.contains("sd011") && note.contains("sd010"));
                }
                jdbc.execute("INSERT INTO users (name, email) VALUES ('Zoë', 'zoe@example.com');"
                        + "INSERT INTO tickets (user_id, channel, subject, description, status)"
                        + " VALUES (2, 'email', 'Website is down', '', 'open')");
            }
            for (Phase phase : Phase.values()) {
                run.upgrade("heads", phase);
            }
        }
        MigrationScenario.of(revisions).on(database).noPending().orderValid();
        assertThat(jdbc.number("SELECT count(*) FROM customer_merges")).isGreaterThan(10);
        assertThat(jdbc.number("SELECT count(*) FROM users WHERE name = 'Zoë' AND merged_into IS NULL"))
                .isEqualTo(1);
    }
}
