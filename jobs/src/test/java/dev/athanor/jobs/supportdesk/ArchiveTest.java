package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
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

    private static List<List<List<@Nullable String>>> rows(Jdbc jdbc) {
        return TABLES.stream()
                .map(table -> jdbc.rows("SELECT * FROM " + table + " ORDER BY id"))
                .toList();
    }
}
