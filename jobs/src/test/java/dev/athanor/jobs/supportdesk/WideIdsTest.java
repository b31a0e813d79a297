package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class WideIdsTest {
    private static final String TICKETS = "SELECT id, subject FROM tickets ORDER BY id";
    private static final String COMMENTS = "SELECT id, ticket_id, body FROM comments ORDER BY id";

    private final TestDatabase database;
    private final Jdbc jdbc;
    private final RevisionSections revision = RevisionSections.of("sd009");

    WideIdsTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @BeforeEach
    void renew() {
        Desks.renewLegacy(database, 600, 3);
        revision.onTop(jdbc);
    }

    @Test
    void losesNothingOnTheWayThereAndBack() {
        revision.run(jdbc, "expand");
        writeAll("expanded");
        revision.run(jdbc, "backfill");
        writeAll("filled");
        assertThat(revision.verify(jdbc)).containsExactly(0L, 0L);
        List<List<@Nullable String>> tickets = jdbc.rows(TICKETS);
        List<List<@Nullable String>> comments = jdbc.rows(COMMENTS);
        revision.run(jdbc, "contract");
        assertThat(jdbc.rows(TICKETS)).isEqualTo(tickets);
        assertThat(jdbc.rows(COMMENTS)).isEqualTo(comments);
        assertThat(types()).containsExactly("bigint", "bigint", "bigint");
        writeAll("contracted");
        assertThat(jdbc.number("SELECT count(*) FROM tickets WHERE id_narrow IS DISTINCT FROM id"))
                .isZero();
        tickets = jdbc.rows(TICKETS);
        comments = jdbc.rows(COMMENTS);

        revision.run(jdbc, "undo contract");
        writeAll("back");
        assertThat(revision.verify(jdbc)).containsExactly(0L, 0L);
        assertThat(jdbc.rows(TICKETS)).containsAll(tickets).hasSize(tickets.size() + 1);
        assertThat(jdbc.rows(COMMENTS)).containsAll(comments).hasSize(comments.size() + 1);
        revision.run(jdbc, "undo expand");
        assertThat(types()).containsExactly("integer", "integer", "bigint");
        writeAll("undone");
    }

    @Test
    void givesIdsThatNoIntegerHoldsAndHasNoWayBackThen() {
        revision.whole(jdbc);
        jdbc.execute("SELECT setval('tickets_id_seq', 5000000000)");
        writeAll("wide");
        assertThat(jdbc.number("SELECT max(ticket_id) FROM comments")).isEqualTo(5_000_000_001L);
        assertThatThrownBy(() -> revision.run(jdbc, "undo contract")).hasMessageContaining("23514");
        writeAll("still wide");

        RevisionSections.of("sd010").run(jdbc, "contract");
        writeAll("nothing narrow left");
        assertThat(jdbc.number("SELECT count(*) FROM pg_proc WHERE proname ~ 'widen|narrow'"))
                .isZero();
        assertThat(jdbc.number("SELECT count(*) FROM pg_class WHERE relname ~ 'wide|narrow'"))
                .isZero();
        assertThat(jdbc.number("SELECT count(*) FROM pg_constraint WHERE conname ~ 'wide|narrow'"))
                .isZero();
    }

    /** A ticket, a comment and a rating as any application writes them, and the references that are to hold. */
    private void writeAll(String subject) {
        long ticket = jdbc.number(
                "INSERT INTO tickets (user_id, channel, subject, description, status)"
                        + " VALUES (2, 'email', ?, '', 'open') RETURNING id",
                subject);
        jdbc.update("INSERT INTO comments (ticket_id, body) VALUES (?, ?)", ticket, subject);
        jdbc.update("INSERT INTO customer_satisfaction (ticket_id, score) VALUES (?, 3)", ticket);
        assertThatThrownBy(() -> jdbc.execute("INSERT INTO comments (ticket_id, body) VALUES (-1, '')"))
                .hasMessageContaining("23503");
        assertThatThrownBy(() -> jdbc.execute("INSERT INTO customer_satisfaction (ticket_id, score) VALUES (-1, 3)"))
                .hasMessageContaining("23503");
        assertThatThrownBy(() -> jdbc.update("DELETE FROM tickets WHERE id = ?", ticket))
                .hasMessageContaining("23503");
        assertThatThrownBy(() -> jdbc.update(
                        "INSERT INTO tickets (id, user_id, channel, subject, description, status)"
                                + " VALUES (?, 2, 'email', '', '', 'open')",
                        ticket))
                .hasMessageContaining("23505");
    }

    private List<@Nullable String> types() {
        return jdbc.texts(
                "SELECT atttypid::regtype FROM pg_attribute WHERE attrelid IN"
                        + " ('tickets'::regclass, 'comments'::regclass, 'customer_satisfaction'::regclass)"
                        + " AND (attname = 'ticket_id' OR attname = 'id' AND attrelid = 'tickets'::regclass)"
                        + " ORDER BY attrelid::regclass::text = 'customer_satisfaction', attrelid::regclass::text = 'comments'");
    }
}
