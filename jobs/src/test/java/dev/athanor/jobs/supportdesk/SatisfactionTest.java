package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class SatisfactionTest {
    private static final String RATED =
            "SELECT id, satisfaction_score, satisfaction_remark, satisfaction_at FROM tickets ORDER BY id";

    /** Which sections of the undo of contract copy the ratings back, and compare them. */
    private static final int FILL = 4;

    private static final int CHECK = 6;

    private final TestDatabase database;
    private final Jdbc jdbc;
    private final RevisionSections revision = RevisionSections.of("sd007");

    SatisfactionTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @BeforeEach
    void renew() {
        Desks.renewLegacy(database, 600, 3);
        revision.onTop(jdbc);
    }

    @Test
    void keepsBothSidesEqualWhoeverWrites() {
        revision.run(jdbc, "expand");
        long ticket = jdbc.number("SELECT min(id) FROM tickets WHERE satisfaction_score IS NULL");
        for (String phase : List.of("before the backfill", "behind the backfill")) {
            rateOld(ticket, "4, 'fine'");
            assertThat(rating(ticket)).as(phase).containsExactly("4", "fine");
            jdbc.update("UPDATE customer_satisfaction SET score = 2, remark = NULL WHERE ticket_id = ?", ticket);
            assertThat(ticketRating(ticket)).as(phase).containsExactly("2", null);
            rateOld(ticket, "NULL::smallint, NULL::text");
            assertThat(jdbc.number("SELECT count(*) FROM customer_satisfaction WHERE ticket_id = ?", ticket))
                    .isZero();
            jdbc.update("INSERT INTO customer_satisfaction (ticket_id, score) VALUES (?, 5)", ticket);
            assertThat(ticketRating(ticket)).as(phase).containsExactly("5", null);
            jdbc.update("DELETE FROM customer_satisfaction WHERE ticket_id = ?", ticket);
            assertThat(ticketRating(ticket)).as(phase).containsExactly(null, null);
            revision.run(jdbc, "backfill");
        }
        jdbc.execute("INSERT INTO tickets (id, user_id, channel, subject, description, status, satisfaction_score)"
                + " VALUES (100000, 1, 'email', '', '', 'closed', 3)");
        assertThat(rating(100_000)).containsExactly("3", null);
        assertThat(revision.verify(jdbc)).containsExactly(0L);
    }

    @Test
    void letsTheOldApplicationDeleteRatedTickets() {
        revision.run(jdbc, "expand");
        revision.run(jdbc, "backfill");
        long ticket = jdbc.number("SELECT min(ticket_id) FROM customer_satisfaction");
        String delete = "DELETE FROM comments WHERE ticket_id = %1$d; DELETE FROM tickets WHERE id = %1$d";
        jdbc.execute(delete.formatted(ticket));
        assertThat(revision.verify(jdbc)).containsExactly(0L);
        revision.run(jdbc, "contract");
        long kept = jdbc.number("SELECT min(ticket_id) FROM customer_satisfaction");
        assertThatThrownBy(() -> jdbc.execute(delete.formatted(kept))).hasMessageContaining("23503");
    }

    @Test
    void comesBackWithWhatTheNewApplicationHasWritten() {
        List<List<@Nullable String>> before = jdbc.rows(RATED);
        revision.whole(jdbc);
        assertThatThrownBy(() -> jdbc.execute("INSERT INTO customer_satisfaction (ticket_id, score) VALUES (-1, 3)"))
                .hasMessageContaining("23503");
        long ticket = jdbc.number("SELECT min(ticket_id) FROM customer_satisfaction");
        jdbc.update("UPDATE customer_satisfaction SET score = 1, remark = 'worse' WHERE ticket_id = ?", ticket);

        revision.run(jdbc, "undo contract");
        assertThat(ticketRating(ticket)).containsExactly("1", "worse");
        assertThat(revision.verify(jdbc)).containsExactly(0L);
        rateOld(ticket, "5, 'better'");
        assertThat(rating(ticket)).containsExactly("5", "better");
        revision.run(jdbc, "undo expand");
        List<List<@Nullable String>> after = jdbc.rows(RATED);
        assertThat(after).hasSameSizeAs(before);
        assertThat(after.stream().filter(row -> !before.contains(row)))
                .extracting(row -> row.get(0))
                .containsExactly(String.valueOf(ticket));
    }

    @Test
    void comesBackWithWhatIsWrittenAtThatMoment() throws SQLException {
        revision.whole(jdbc);
        long ticket = jdbc.number("SELECT max(ticket_id) FROM customer_satisfaction");
        revision.run(jdbc, "undo contract", 0, FILL);
        try (Connection late = jdbc.connect()) {
            late.setAutoCommit(false);
            late.createStatement()
                    .execute("UPDATE customer_satisfaction SET score = 1, remark = 'late' WHERE ticket_id = " + ticket);
            CompletableFuture<Void> fill =
                    CompletableFuture.runAsync(() -> revision.run(jdbc, "undo contract", FILL, FILL + 1));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> jdbc.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
            late.commit();
            fill.orTimeout(20, TimeUnit.SECONDS).join();
        }
        revision.run(jdbc, "undo contract", FILL + 1, CHECK + 1);
        assertThat(ticketRating(ticket)).containsExactly("1", "late");
        assertThat(revision.verify(jdbc)).containsExactly(0L);
    }

    @Test
    void doesNotGoBackFurtherWhileARatingDiffers() {
        revision.whole(jdbc);
        long ticket = jdbc.number("SELECT max(ticket_id) FROM customer_satisfaction");
        revision.run(jdbc, "undo contract", 0, CHECK);
        jdbc.execute("BEGIN; SET LOCAL session_replication_role = replica;"
                + " UPDATE tickets SET satisfaction_remark = 'not the same' WHERE id = " + ticket + "; COMMIT");
        assertThatThrownBy(() -> revision.run(jdbc, "undo contract", CHECK, CHECK + 1))
                .hasMessageContaining("ratings that differ between tickets and customer_satisfaction: 1");
        jdbc.update("UPDATE customer_satisfaction SET score = score WHERE ticket_id = ?", ticket);
        revision.run(jdbc, "undo contract", CHECK, CHECK + 1);
        revision.run(jdbc, "undo expand");
    }

    @Test
    void doesNotCopyWhatIsTakenBackAtThatMoment() throws SQLException {
        revision.run(jdbc, "expand");
        long ticket = jdbc.number("SELECT min(id) FROM tickets WHERE satisfaction_score IS NOT NULL");
        try (Connection old = jdbc.connect()) {
            old.setAutoCommit(false);
            old.createStatement()
                    .execute("UPDATE tickets SET satisfaction_score = NULL, satisfaction_remark = NULL,"
                            + " satisfaction_at = NULL WHERE id = " + ticket);
            CompletableFuture<Void> backfill = CompletableFuture.runAsync(() -> revision.run(jdbc, "backfill"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> jdbc.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
            old.commit();
            backfill.orTimeout(20, TimeUnit.SECONDS).join();
        }
        assertThat(revision.verify(jdbc)).containsExactly(0L);
    }

    private void rateOld(long ticket, String rating) {
        jdbc.execute("UPDATE tickets SET (satisfaction_score, satisfaction_remark, satisfaction_at) = (SELECT " + rating
                + ", CASE WHEN " + rating.split(",")[0] + " IS NOT NULL THEN now() END) WHERE id = " + ticket);
    }

    private List<@Nullable String> rating(long ticket) {
        return jdbc.rows("SELECT score, remark FROM customer_satisfaction WHERE ticket_id = ?", ticket)
                .get(0);
    }

    private List<@Nullable String> ticketRating(long ticket) {
        return jdbc.rows("SELECT satisfaction_score, satisfaction_remark FROM tickets WHERE id = ?", ticket)
                .get(0);
    }
}
