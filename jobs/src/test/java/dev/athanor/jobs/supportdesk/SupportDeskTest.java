package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AthanorPostgres
class SupportDeskTest {
    private static final List<String> TABLES =
            List.of("users", "agents", "tickets", "comments", "customer_satisfaction");

    private final TestDatabase database;
    private final Jdbc jdbc;

    SupportDeskTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 10, 997})
    void makesExactlyTheTicketsAskedFor(long tickets) {
        Desks.renew(database, tickets, 7);

        assertThat(jdbc.number("SELECT count(*) FROM tickets")).isEqualTo(tickets);
        assertThat(jdbc.number("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"))
                .isEqualTo(5);
        jdbc.execute("INSERT INTO tickets (user_id, channel, subject, description, status)"
                + " SELECT min(id), 'email', 'one more', '', 'open' FROM users");
        assertThat(jdbc.number("SELECT count(*) FROM tickets")).isEqualTo(tickets + 1);
    }

    @Test
    void givesTheSameRowsForTheSameSeed() {
        Desks.renew(database, 2_000, 7);
        List<String> first = fingerprints();
        Desks.renew(database, 2_000, 7);
        assertThat(fingerprints()).isEqualTo(first);
        Desks.renew(database, 2_000, 8);
        assertThat(fingerprints()).doesNotContainAnyElementsOf(first);
    }

    @Test
    void wasAnotherDeskYearsAgo() {
        Desks.renew(database, 2_000, 7);
        List<List<@Nullable String>> tickets =
                jdbc.rows("SELECT id, user_id, status, created_at, resolved_at, description FROM tickets ORDER BY id");
        List<List<@Nullable String>> ratings =
                jdbc.rows("SELECT ticket_id, score, remark, created_at FROM customer_satisfaction ORDER BY 1");
        Desks.renewLegacy(database, 2_000, 7);
        assertThat(jdbc.rows(
                        "SELECT id, user_id, status, created_at, resolved_at, description FROM tickets ORDER BY id"))
                .isEqualTo(tickets);
        assertThat(jdbc.rows("SELECT id, satisfaction_score, satisfaction_remark, satisfaction_at FROM tickets"
                        + " WHERE satisfaction_score IS NOT NULL ORDER BY 1"))
                .isEqualTo(ratings);
        assertThat(jdbc.text("SELECT pg_typeof(id) FROM tickets LIMIT 1")).isEqualTo("integer");
        assertThat(jdbc.number("SELECT count(deleted_at) FROM tickets")).isBetween(20L, 100L);
        jdbc.execute("INSERT INTO tickets (user_id, channel, subject, description, status)"
                + " SELECT min(id), 'email', 'one more', '', 'open' FROM users");
        assertThat(jdbc.number("SELECT count(*) FROM tickets")).isEqualTo(2_001);
    }

    @Test
    void hasTheSkewOfRealData() {
        Desks.renew(database, 50_000, 42);

        assertThat(share("status = 'closed'")).isBetween(0.6, 0.9);
        assertThat(share("status = 'resolved'")).isBetween(0.05, 0.2);
        for (String status : List.of("open", "in_progress", "pending")) {
            assertThat(share("status = '" + status + "'")).isBetween(0.01, 0.08);
        }
        assertThat(share("resolved_at IS NULL")).isBetween(0.05, 0.15);
        assertThat(share("status = 'closed' AND resolved_at IS NULL")).isBetween(0.002, 0.02);
        assertThat(share("resolved_at < created_at OR updated_at < created_at")).isZero();
        assertThat(jdbc.number("SELECT count(DISTINCT channel) FROM tickets")).isEqualTo(5);
        assertThat(jdbc.number("SELECT pg_relation_size('tickets') / count(*) FROM tickets"))
                .isBetween(180L, 240L);
        assertThat(jdbc.number("SELECT max(length(description)) FROM tickets")).isGreaterThan(500);
        assertThat(jdbc.number(
                        "SELECT (max(n) / avg(n))::int FROM (SELECT count(*) n FROM tickets GROUP BY user_id) s"))
                .isGreaterThan(5);
        assertThat(jdbc.number("SELECT count(*) FROM comments")).isBetween(40_000L, 60_000L);
        assertThat(jdbc.number("SELECT max(n) FROM (SELECT count(*) n FROM comments GROUP BY ticket_id) s"))
                .isGreaterThan(15);
        double resolved = jdbc.number("SELECT count(resolved_at) FROM tickets");
        assertThat(jdbc.number("SELECT count(*) FROM customer_satisfaction") / resolved)
                .isBetween(0.18, 0.22);
    }

    @Test
    void leavesHolesInTheIds() {
        Desks.renew(database, 50_000, 42);

        String holes = "(SELECT id - lag(id) OVER (ORDER BY id) - 1 AS hole FROM tickets) s";
        assertThat(jdbc.number("SELECT count(*) FROM " + holes + " WHERE hole > 0"))
                .isBetween(500L, 2_000L);
        assertThat(jdbc.number("SELECT count(*) FROM " + holes + " WHERE hole >= 1000"))
                .isEqualTo(3);
    }

    @Test
    void refusesToTouchTablesThatAreThere() {
        Desks.renew(database, 10, 1);

        assertThatThrownBy(() -> SupportDesk.create(Desks.dataSource(database), 20, 1, LoadListener.SILENT))
                .isInstanceOfSatisfying(AthanorException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(FailureKind.REFUSED);
                    assertThat(refused.code()).isEqualTo("support_desk_exists");
                    assertThat(refused).hasMessageContaining("users");
                });
        assertThat(jdbc.number("SELECT count(*) FROM tickets")).isEqualTo(10);
    }

    @Test
    void dropsWhatItMadeWhenItFails() {
        jdbc.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");

        assertThatThrownBy(() -> SupportDesk.create(Desks.dataSource(database), 100_000, 1, (stage, rows, expected) -> {
                    if (stage.equals("tickets") && rows > 0) {
                        throw new IllegalStateException("had enough");
                    }
                }))
                .hasMessage("had enough");

        assertThat(jdbc.number("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isZero();
    }

    @Test
    void tellsHowFarItIs() {
        jdbc.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        Set<String> stages = ConcurrentHashMap.newKeySet();

        SupportDesk.create(Desks.dataSource(database), 100, 1, (stage, rows, expected) -> stages.add(stage));

        assertThat(stages).contains("users", "tickets", "comments", "indexes", "foreign keys", "vacuum");
    }

    private double share(String condition) {
        return jdbc.number("SELECT count(*) FILTER (WHERE " + condition + ") FROM tickets")
                / (double) jdbc.number("SELECT count(*) FROM tickets");
    }

    private List<String> fingerprints() {
        return TABLES.stream()
                .map(table -> String.valueOf(
                        jdbc.text("SELECT md5(string_agg(t::text, ';' ORDER BY id)) FROM " + table + " t")))
                .toList();
    }
}
