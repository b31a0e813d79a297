package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.jobs.supportdesk.revision.SetSlaDeadlines;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class SlaDeadlinesTest {
    private final TestDatabase database;
    private final Jdbc jdbc;

    SlaDeadlinesTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @Test
    void followsWhatOldApplicationsWrite() {
        Desks.renewLegacy(database, 500, 3);
        RevisionSections revision = RevisionSections.of("sd004").onTop(jdbc);
        revision.run(jdbc, "expand");
        jdbc.execute("INSERT INTO tickets (id, user_id, channel, subject, description, status, created_at)"
                + " VALUES (100000, 1, 'email', 'Website is down', '', 'open', '2024-03-28T17:00:00+01')");
        assertThat(due(100_000)).as("Easter is in between").isEqualTo("2024-04-02 07:00:00+00");
        revision.run(jdbc, "backfill");
        jdbc.execute("UPDATE tickets SET priority = 'low' WHERE id = 100000");
        assertThat(due(100_000)).isEqualTo("2024-04-08 15:00:00+00");
        assertThat(revision.verify(jdbc)).containsExactly(0L);

        jdbc.execute("ALTER TABLE tickets DISABLE TRIGGER USER");
        jdbc.execute("UPDATE tickets SET sla_due_at = sla_due_at + interval '1 second' WHERE id = 100000");
        jdbc.execute("UPDATE tickets SET sla_due_at = NULL WHERE id = (SELECT min(id) FROM tickets)");
        jdbc.execute("ALTER TABLE tickets ENABLE TRIGGER USER");
        assertThat(revision.verify(jdbc)).containsExactly(2L);
    }

    @Test
    void comesToAnEndWhateverTheTimeAndTheCalendar() {
        Desks.renewLegacy(database, 100, 3);
        RevisionSections revision = RevisionSections.of("sd004").onTop(jdbc);
        revision.run(jdbc, "expand");
        String insert = "SET statement_timeout = '20s';"
                + " INSERT INTO tickets (id, user_id, channel, subject, description, status, created_at)"
                + " VALUES (%d, 1, 'email', '', '', 'open', %s)";
        assertThatThrownBy(() -> jdbc.execute(insert.formatted(100_000, "NULL")))
                .hasMessageContaining("23502");
        jdbc.execute(insert.formatted(100_001, "'infinity'"));
        jdbc.execute(insert.formatted(100_002, "'-infinity'"));
        revision.run(jdbc, "backfill");
        assertThat(revision.verify(jdbc)).containsExactly(0L);
        revision.run(jdbc, "contract");
        assertThat(jdbc.texts("SELECT sla_due_at FROM tickets WHERE id > 100000 ORDER BY id"))
                .containsExactly("infinity", "-infinity");

        jdbc.execute("CREATE OR REPLACE FUNCTION support_desk_is_holiday(day date) RETURNS boolean"
                + " LANGUAGE sql IMMUTABLE AS 'SELECT true'");
        assertThatThrownBy(() -> jdbc.execute(insert.formatted(100_003, "now()")))
                .hasMessageContaining("closed on every day");
    }

    @Test
    void countsTheSameInTheJvmAndInTheDatabase() {
        Desks.renewLegacy(database, 0, 3);
        RevisionSections.of("sd004").onTop(jdbc).run(jdbc, "expand");
        Random random = new Random(29);
        List<String> priorities = List.of("urgent", "high", "normal", "low");
        jdbc.execute("CREATE TABLE asked (created timestamptz, priority text, due timestamptz)");
        StringBuilder rows = new StringBuilder("INSERT INTO asked VALUES ");
        for (int i = 0; i < 4_000; i++) {
            Instant created = Instant.parse("2023-01-01T00:00:00Z")
                    .plusSeconds(random.nextInt(5 * 366 * 24 * 3_600))
                    .plusNanos(random.nextInt(1_000_000) * 1_000L);
            String priority = priorities.get(random.nextInt(4));
            rows.append(i == 0 ? "" : ", ")
                    .append("('%s', '%s', '%s')".formatted(created, priority, SetSlaDeadlines.due(created, priority)));
        }
        jdbc.execute(rows.toString());
        jdbc.execute("SET TIME ZONE 'Pacific/Apia'; CREATE TABLE counted AS"
                + " SELECT *, support_desk_sla_due(created, priority) AS here FROM asked");

        assertThat(jdbc.rows(
                        "SELECT created, priority, due, here FROM counted WHERE due IS DISTINCT FROM here LIMIT 5"))
                .isEmpty();
        assertThat(jdbc.number("SELECT count(*) FROM counted")).isEqualTo(4_000);
    }

    private String due(long ticket) {
        return String.valueOf(
                jdbc.text("SELECT sla_due_at AT TIME ZONE 'UTC' || '+00' FROM tickets WHERE id = ?", ticket));
    }
}
