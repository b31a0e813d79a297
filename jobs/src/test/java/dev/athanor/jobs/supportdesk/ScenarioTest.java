package dev.athanor.jobs.supportdesk;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.MigrationScenario;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ready-made revisions come and go on a filled support desk, run as a user runs them. */
@AthanorPostgres
class ScenarioTest {

    @Test
    void everyRevisionComesAndGoes(TestDatabase database, @TempDir Path folder) {
        Desks.renew(database, 2_000, 7);
        SupportDesk.writeMigrations(folder);
        MigrationScenario.of(folder)
                .on(database)
                .seed(
                        "sd001",
                        "INSERT INTO tickets (id, user_id, channel, subject, description, status)"
                                + " VALUES (1000000, 1, 'email', 'Site is down', '', 'open')")
                .everyRevision()
                .noPending()
                .orderValid();
    }
}
