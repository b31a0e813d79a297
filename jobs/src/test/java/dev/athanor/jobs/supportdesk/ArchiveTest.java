package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class ArchiveTest {
    private static final List<String> TABLES = List.of("tickets", "comments", "customer_satisfaction");

    @Test
    void movesWhatWasDeletedLongAgoAndGivesItBack(TestDatabase database) {
        Jdbc jdbc = database.jdbc();
        Desks.renewLegacy(database, 1_500, 3);
        RevisionSections copy = RevisionSections.of("sd011").onTop(jdbc);
        RevisionSections purge = RevisionSections.of("sd012");
        jdbc.execute("UPDATE tickets SET deleted_at = CASE id % 10"
                + " WHEN 1 THEN now() - interval '90 days' WHEN 2 THEN now() - interval '5 days' END");
        List<List<List<@Nullable String>>> before = rows(jdbc);
        long old = jdbc.number("SELECT count(*) FROM tickets WHERE id % 10 = 1");

        copy.run(jdbc, "expand");
        assertThat(copy.verify(jdbc)).allMatch(wrong -> wrong > 0);
        copy.run(jdbc, "backfill");
        assertThat(copy.verify(jdbc)).containsOnly(0L);
        assertThat(jdbc.number("SELECT count(*) FROM tickets_archive")).isEqualTo(old);

        long changed = jdbc.number("SELECT min(ticket_id) FROM comments WHERE ticket_id % 10 = 1");
        jdbc.update("UPDATE comments SET body = 'written late' WHERE ticket_id = ?", changed);
        assertThat(copy.verify(jdbc).get(1)).isPositive();
        purge.run(jdbc, "backfill");
        assertThat(jdbc.texts("SELECT id FROM tickets WHERE id % 10 = 1"))
                .as("only what the archive holds as it is may go")
                .containsExactly(String.valueOf(changed));
        assertThat(purge.verify(jdbc)).containsExactly(1L, 0L);
        assertThat(jdbc.number("SELECT count(*) FROM tickets WHERE id % 10 = 2"))
                .isPositive();

        jdbc.update("DELETE FROM comments_archive WHERE ticket_id = ?", changed);
        copy.run(jdbc, "backfill");
        purge.run(jdbc, "backfill");
        assertThat(purge.verify(jdbc)).containsExactly(0L, 0L);

        jdbc.execute("UPDATE tickets SET deleted_at = deleted_at - interval '840 hours' WHERE id % 10 = 2");
        purge.run(jdbc, "backfill");
        assertThat(purge.verify(jdbc))
                .as("what came of age since the archive was made stays, and nobody waits for it")
                .containsExactly(0L, 0L);
        assertThat(jdbc.number("SELECT count(*) FROM tickets WHERE id % 10 = 2"))
                .isPositive();
        jdbc.execute("UPDATE tickets_archive SET archived_at = archived_at - interval '35 days'");
        assertThat(copy.verify(jdbc)).containsOnly(0L);
        jdbc.execute("UPDATE tickets SET deleted_at = deleted_at + interval '840 hours' WHERE id % 10 = 2");

        purge.run(jdbc, "undo backfill");
        List<List<List<@Nullable String>>> after = rows(jdbc);
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(after.get(1)).hasSameSizeAs(before.get(1));
        assertThat(after.get(2)).isEqualTo(before.get(2));
        copy.run(jdbc, "undo expand");
    }

    @Test
    void purgesNothingThatIsWrittenAtThatMoment(TestDatabase database) throws SQLException {
        Jdbc jdbc = database.jdbc();
        RevisionSections purge = archived(database);
        long edited = jdbc.number("SELECT min(ticket_id) FROM comments");
        try (Connection agent = jdbc.connect()) {
            agent.setAutoCommit(false);
            agent.createStatement().execute("SELECT FROM tickets WHERE id = " + edited + " FOR UPDATE");
            agent.createStatement().execute("UPDATE comments SET body = 'written late' WHERE ticket_id = " + edited);
            CompletableFuture<Void> run = CompletableFuture.runAsync(() -> purge.run(jdbc, "backfill"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> jdbc.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
            agent.commit();
            run.orTimeout(20, TimeUnit.SECONDS).join();
        }
        assertThat(jdbc.texts("SELECT id FROM tickets")).containsExactly(String.valueOf(edited));
        assertThat(jdbc.texts("SELECT DISTINCT body FROM comments")).containsExactly("written late");
        assertThat(purge.verify(jdbc)).containsExactly(1L, 0L);
    }

    @Test
    void givesBackOnlyWhatItHasPurged(TestDatabase database) {
        Jdbc jdbc = database.jdbc();
        RevisionSections purge = archived(database);
        long erased = jdbc.number("SELECT min(ticket_id) FROM comments");
        long restored = jdbc.number("SELECT min(ticket_id) FROM comments WHERE ticket_id > ?", erased);
        jdbc.execute(
                "DELETE FROM comments WHERE ticket_id = %1$d; DELETE FROM customer_satisfaction WHERE ticket_id = %1$d;"
                                .formatted(erased)
                        + "DELETE FROM tickets WHERE id = " + erased);
        jdbc.execute("UPDATE tickets SET deleted_at = NULL WHERE id = %1$d; DELETE FROM comments WHERE ticket_id = %1$d"
                .formatted(restored));
        long left = jdbc.number("SELECT count(*) FROM tickets");
        long comments = jdbc.number("SELECT count(*) FROM comments");
        purge.run(jdbc, "backfill");
        assertThat(purge.verify(jdbc)).containsExactly(0L, 0L);
        assertThat(jdbc.texts("SELECT id FROM tickets")).containsExactly(String.valueOf(restored));

        purge.run(jdbc, "undo backfill");
        assertThat(jdbc.number("SELECT count(*) FROM tickets WHERE id <> ?", erased))
                .isEqualTo(left);
        assertThat(jdbc.number("SELECT count(*) FROM comments")).isEqualTo(comments);
        purge.run(jdbc, "backfill");
        assertThat(purge.verify(jdbc)).containsExactly(0L, 0L);
    }

    /** A desk on which every ticket was deleted long ago, and is in the archive. */
    private static RevisionSections archived(TestDatabase database) {
        Jdbc jdbc = database.jdbc();
        Desks.renewLegacy(database, 300, 3);
        RevisionSections copy = RevisionSections.of("sd011").onTop(jdbc);
        jdbc.execute("UPDATE tickets SET deleted_at = now() - interval '90 days'");
        copy.run(jdbc, "expand");
        copy.run(jdbc, "backfill");
        return RevisionSections.of("sd012");
    }

    private static List<List<List<@Nullable String>>> rows(Jdbc jdbc) {
        return TABLES.stream()
                .map(table -> jdbc.rows("SELECT * FROM " + table + " ORDER BY id"))
                .toList();
    }
}
