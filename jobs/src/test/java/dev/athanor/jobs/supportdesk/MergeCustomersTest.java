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
class MergeCustomersTest {
    private static final String WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted";
    private static final String TICKET =
            "INSERT INTO tickets (id, user_id, channel, subject, description, status) VALUES (%d, %d, 'email', '', '', 'open')";
    private static final String SIGN_UP = "INSERT INTO users (id, name, email) VALUES (%d, 'Zoë', '%s')";

    private final TestDatabase database;
    private final Jdbc jdbc;
    private final RevisionSections revision = RevisionSections.of("sd006");

    MergeCustomersTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @BeforeEach
    void renew() {
        Desks.renewLegacy(database, 1_600, 3);
        revision.onTop(jdbc);
    }

    @Test
    void keepsTheOldestAndMovesTheTickets() {
        List<List<@Nullable String>> before = owners();
        long twice = jdbc.number(
                "SELECT count(*) - count(DISTINCT email_normalised) FROM users WHERE email_normalised IS NOT NULL");
        assertThat(twice).isGreaterThan(20);

        revision.run(jdbc, "expand");
        jdbc.execute(SIGN_UP.formatted(100_000, "USER2@example.com "));
        ticket(100_000, 100_000);
        revision.run(jdbc, "backfill");
        ticket(100_001, 100_000);
        assertThat(revision.verify(jdbc)).containsExactly(0L, 0L, 0L);
        assertThat(jdbc.number("SELECT count(*) FROM customer_merges")).isEqualTo(twice + 1);
        assertThat(
                        jdbc.number(
                                "SELECT count(*) FROM users AS u JOIN users AS k ON k.id = u.merged_into"
                                        + " WHERE k.id > u.id OR k.email_normalised <> u.email_normalised OR k.merged_into IS NOT NULL"))
                .isZero();
        assertThat(jdbc.texts("SELECT user_id FROM tickets WHERE id >= 100000")).containsExactly("2", "2");

        revision.run(jdbc, "contract");
        assertThatThrownBy(() -> jdbc.execute("ALTER TABLE users DISABLE TRIGGER USER;"
                        + "INSERT INTO users (name, email, email_normalised) VALUES ('', '', 'user2@example.com')"))
                .hasMessageContaining("23505");

        revision.run(jdbc, "undo contract");
        jdbc.execute(SIGN_UP.formatted(100_001, "user2@Example.com"));
        ticket(100_002, 100_001);
        revision.run(jdbc, "undo expand");
        assertThat(jdbc.texts("SELECT user_id FROM tickets WHERE id >= 100000 ORDER BY id"))
                .containsExactly("100000", "100000", "100001");
        jdbc.execute("DELETE FROM tickets WHERE id >= 100000");
        assertThat(owners()).isEqualTo(before);
    }

    @Test
    void mergesWhoSignsUpTwiceAndRefusesAnAddressThatIsTaken() {
        revision.whole(jdbc);
        jdbc.execute(SIGN_UP.formatted(100_000, "new@example.com"));
        jdbc.execute(SIGN_UP.formatted(100_001, "New@Example.com"));
        jdbc.execute(SIGN_UP.formatted(100_002, "unknown"));
        jdbc.execute(SIGN_UP.formatted(100_003, "unknown"));
        assertThat(jdbc.texts("SELECT merged_into FROM users WHERE id >= 100000 ORDER BY id"))
                .containsExactly(null, "100000", null, null);
        assertThatThrownBy(() -> jdbc.execute("UPDATE users SET email = 'NEW@example.com' WHERE id = 2"))
                .hasMessageContaining("23505");
        jdbc.execute("UPDATE users SET email = 'newer@example.com' WHERE id = 2");
        jdbc.execute("UPDATE users SET email = 'nobody@example.com' WHERE id = 100001");
        assertThat(revision.verify(jdbc)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void letsOnlyOneOfTwoThatSignUpAtOnceStand() throws SQLException {
        revision.run(jdbc, "expand");
        try (Connection first = jdbc.connect()) {
            first.setAutoCommit(false);
            first.createStatement().execute(SIGN_UP.formatted(100_000, "race@example.com"));
            CompletableFuture<Void> second =
                    CompletableFuture.runAsync(() -> jdbc.execute(SIGN_UP.formatted(100_001, "RACE@example.com")));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> jdbc.number(WAITING) == 1);
            first.commit();
            second.orTimeout(20, TimeUnit.SECONDS).join();
        }
        assertThat(jdbc.texts("SELECT merged_into FROM users WHERE id >= 100000 ORDER BY id"))
                .containsExactly(null, "100000");
    }

    @Test
    void movesTheTicketThatIsWrittenAtThatMoment() throws SQLException {
        twice();
        revision.run(jdbc, "expand");
        try (Connection old = jdbc.connect()) {
            old.setAutoCommit(false);
            old.createStatement().execute(TICKET.formatted(100_000, 100_001));
            CompletableFuture<Void> merge = CompletableFuture.runAsync(() -> revision.run(jdbc, "backfill"));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> jdbc.number(WAITING) == 1);
            old.commit();
            merge.orTimeout(20, TimeUnit.SECONDS).join();
        }
        assertThat(jdbc.text("SELECT user_id FROM tickets WHERE id = 100000")).isEqualTo("100000");
        assertThat(revision.verify(jdbc)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void letsCustomersChangeWhileTicketsOfTheirsAreWritten() throws SQLException {
        revision.run(jdbc, "expand");
        try (Connection one = jdbc.connect();
                Connection other = jdbc.connect()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            one.createStatement().execute("SET LOCAL lock_timeout = '10s';" + TICKET.formatted(100_000, 2));
            other.createStatement().execute("SET LOCAL lock_timeout = '10s';" + TICKET.formatted(100_001, 2));
            one.createStatement().execute("UPDATE users SET name = 'Zoë' WHERE id = 2");
            one.commit();
            other.createStatement().execute("UPDATE users SET name = 'Zoe' WHERE id = 2");
            other.commit();
        }
        assertThat(jdbc.text("SELECT name FROM users WHERE id = 2")).isEqualTo("Zoe");
    }

    @Test
    void holdsNobodyUpWhileThousandsSignUpInOneTransaction() throws SQLException {
        revision.run(jdbc, "expand");
        try (Connection nightly = jdbc.connect()) {
            nightly.setAutoCommit(false);
            nightly.createStatement()
                    .execute("INSERT INTO users (name, email)"
                            + " SELECT 'new', 'new' || n || '@example.com' FROM generate_series(1, 50000) AS n");
            jdbc.execute("SET lock_timeout = '10s';" + SIGN_UP.formatted(1_000_000, "another@example.com"));
            nightly.commit();
        }
        assertThat(jdbc.number("SELECT count(*) FROM users WHERE name = 'new' AND merged_into IS NULL"))
                .isEqualTo(50_000);
    }

    @Test
    void mergesNobodyWhoIsNotInserted() {
        twice();
        revision.run(jdbc, "expand");
        jdbc.execute("UPDATE users SET email = 'moved@example.com' WHERE id = 100001");
        ticket(100_000, 100_001);
        revision.run(jdbc, "backfill");
        jdbc.execute(SIGN_UP.formatted(100_001, "twice@example.com") + " ON CONFLICT (id) DO NOTHING");
        jdbc.execute(SIGN_UP.formatted(100_002, "twice@example.com"));
        jdbc.execute(TICKET.formatted(100_000, 100_002) + " ON CONFLICT (id) DO NOTHING");
        revision.run(jdbc, "backfill");
        assertThat(jdbc.text("SELECT user_id FROM tickets WHERE id = 100000")).isEqualTo("100001");
        assertThat(jdbc.texts("SELECT merged_id FROM customer_merges WHERE merged_id >= 100000"))
                .containsExactly("100002");
        assertThat(jdbc.number("SELECT count(*) FROM customer_merge_tickets WHERE ticket_id = 100000"))
                .isZero();
        assertThat(revision.verify(jdbc)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void leavesTicketsWithTheMergedOneWhenTheKeptOneIsDeleted() {
        twice();
        revision.whole(jdbc);
        jdbc.execute("DELETE FROM users WHERE id = 100000");
        ticket(100_000, 100_001);
        assertThat(jdbc.text("SELECT user_id FROM tickets WHERE id = 100000")).isEqualTo("100001");
        assertThat(revision.verify(jdbc)).containsExactly(0L, 0L, 0L);
        jdbc.execute("DELETE FROM tickets WHERE id = 100000; DELETE FROM users WHERE id = 100001");
        revision.run(jdbc, "undo contract");
        revision.run(jdbc, "undo expand");
    }

    @Test
    void isNotInTheWayOfTheBackfillOfTheNormalForm() {
        twice();
        jdbc.execute("ALTER TABLE users DISABLE TRIGGER USER; UPDATE users SET email_normalised = NULL;"
                + "ALTER TABLE users ENABLE TRIGGER USER");
        revision.run(jdbc, "expand");
        jdbc.execute("UPDATE users SET email = 'TWICE@example.com' WHERE id = 100000");
        jdbc.execute("UPDATE users SET email = 'Twice@example.com' WHERE id = 100001");
        RevisionSections.of("sd005").run(jdbc, "backfill");
        revision.run(jdbc, "backfill");
        assertThat(jdbc.text("SELECT merged_into FROM users WHERE id = 100001")).isEqualTo("100000");
    }

    /** Two customers of one address that were there before. */
    private void twice() {
        jdbc.execute(SIGN_UP.formatted(100_000, "twice@example.com"));
        jdbc.execute(SIGN_UP.formatted(100_001, "Twice@example.com"));
    }

    private void ticket(long id, long user) {
        jdbc.execute(TICKET.formatted(id, user));
    }

    private List<List<@Nullable String>> owners() {
        return jdbc.rows("SELECT id, user_id FROM tickets ORDER BY id");
    }
}
