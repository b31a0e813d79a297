package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class FullTextTest {

    @Test
    void findsWhatIsWrittenByAnybody(TestDatabase database) {
        Jdbc jdbc = database.jdbc();
        Desks.renewLegacy(database, 1_500, 3);
        RevisionSections revision = RevisionSections.of("sd008").onTop(jdbc);
        revision.run(jdbc, "expand");
        jdbc.execute("INSERT INTO tickets (id, user_id, channel, subject, description, status)"
                + " VALUES (100000, 2, 'email', 'The zebra escaped', 'It was running', 'open')");
        revision.run(jdbc, "backfill");
        revision.run(jdbc, "contract");
        assertThat(found(jdbc, "zebras & run")).isEqualTo(1);
        jdbc.execute("UPDATE tickets SET description = 'A giraffe' WHERE id = 100000");
        assertThat(found(jdbc, "giraffe")).isEqualTo(1);
        assertThat(found(jdbc, "run & zebra")).isZero();
        jdbc.execute("UPDATE tickets SET status = 'closed' WHERE id = 100000");
        assertThat(revision.verify(jdbc)).containsExactly(0L);
        assertThat(found(jdbc, "invoice")).isGreaterThan(20);
    }

    @Test
    void takesTextsThatAreLargerThanAnIndexHolds(TestDatabase database) {
        Jdbc jdbc = database.jdbc();
        Desks.renewLegacy(database, 100, 3);
        RevisionSections revision = RevisionSections.of("sd008").onTop(jdbc);
        String insert = "INSERT INTO tickets (id, user_id, channel, subject, description, status)"
                + " SELECT %d, 2, 'email', string_agg('subject' || n, ' '), 'giraffe ' || string_agg(md5(n::text), ' '), 'open'"
                + " FROM generate_series(1, 100000) AS n";
        jdbc.execute(insert.formatted(100_000));
        revision.run(jdbc, "expand");
        jdbc.execute(insert.formatted(100_001));
        revision.run(jdbc, "backfill");
        assertThat(revision.verify(jdbc)).containsExactly(0L);
        revision.run(jdbc, "contract");
        assertThat(found(jdbc, "giraffe")).isEqualTo(2);
        jdbc.execute("UPDATE tickets SET description ="
                + " (SELECT string_agg(chr(131072 + n / 200) || '-' || chr(131072 + n), ' ') FROM generate_series(1, 40000) AS n)"
                + " WHERE id = 100000");
    }

    private static long found(Jdbc jdbc, String words) {
        return jdbc.number("SELECT count(*) FROM tickets WHERE search @@ to_tsquery('english', ?)", words);
    }
}
