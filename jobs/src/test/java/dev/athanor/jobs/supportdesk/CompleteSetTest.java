package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.MigrationScenario;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The complete set on the desk of years ago, run as a user runs it: every revision comes, goes and comes again. */
@AthanorPostgres
class CompleteSetTest {

    @Test
    void everyRevisionComesAndGoes(TestDatabase database, @TempDir Path folder) {
        Desks.renewLegacy(database, 1_500, 7);
        SupportDesk.writeCompleteSet(folder);
        MigrationScenario scenario = MigrationScenario.of(folder)
                .on(database)
                .allowingIrreversible()
                .ignoring(
                        "public.customer_merges.merged_at",
                        "public.customer_satisfaction.id",
                        "public.tickets_archive.archived_at")
                .everyRevision()
                .noPending()
                .orderValid();
        assertThat(scenario.irreversible()).containsExactly("sd010");
    }
}
