package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.athanor.revision.RevisionNode;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AthanorPostgres
class MigrationsTest {
    private static final String OLD_INSERT =
            "INSERT INTO tickets (id, user_id, channel, subject, description, status) VALUES (1000000, 1, %s)";

    private final TestDatabase database;
    private final Jdbc jdbc;

    MigrationsTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @BeforeEach
    void renew() {
        Desks.renew(database, 2_000, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd001", "sd002", "sd003"})
    void comesAndGoesWithoutATrace(String id) {
        RevisionSections revision = RevisionSections.of(id);
        List<List<@Nullable String>> before = shape();

        revision.run(jdbc, "expand");
        revision.run(jdbc, "undo expand");
        assertThat(shape()).isEqualTo(before);

        revision.run(jdbc, "expand");
        List<List<@Nullable String>> expanded = shape();
        assertThat(revision.verify(jdbc)).anyMatch(wrong -> wrong > 0);
        revision.run(jdbc, "backfill");
        assertThat(revision.verify(jdbc)).containsOnly(0L);
        revision.run(jdbc, "contract");
        assertThat(revision.verify(jdbc)).containsOnly(0L);
        assertThat(jdbc.number("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isZero();
        assertThat(jdbc.number("SELECT count(*) FROM pg_constraint WHERE NOT convalidated"))
                .isZero();

        revision.run(jdbc, "undo contract");
        assertThat(shape()).isEqualTo(expanded);
        revision.run(jdbc, "undo expand");
        assertThat(shape()).isEqualTo(before);
    }

    @Test
    void standUponEachOther() {
        assertThat(RevisionSections.all().nodes())
                .extracting(RevisionNode::id, RevisionNode::revises)
                .containsExactly(
                        tuple("sd001", List.of()), tuple("sd002", List.of("sd001")), tuple("sd003", List.of("sd002")));
        assertThat(RevisionSections.all().definitions()).allSatisfy(revision -> {
            assertThat(revision.message()).isNotEmpty();
            assertThat(revision.created()).isNotNull();
        });
    }

    @Test
    void givesPrioritiesBySubjectAndChannel() {
        RevisionSections revision = RevisionSections.of("sd001");
        revision.run(jdbc, "expand");
        jdbc.execute("UPDATE tickets SET priority = 'low' WHERE id = (SELECT min(id) FROM tickets)");
        revision.run(jdbc, "backfill");

        assertThat(jdbc.texts("SELECT DISTINCT priority FROM tickets ORDER BY 1"))
                .containsExactly("high", "low", "normal", "urgent");
        assertThat(jdbc.text("SELECT priority FROM tickets ORDER BY id LIMIT 1"))
                .as("what an agent has set is not overruled")
                .isEqualTo("low");
        jdbc.execute(OLD_INSERT.formatted("'email', 'Website is down', '', 'open'"));
        assertThat(jdbc.text("SELECT priority FROM tickets WHERE id = 1000000")).isEqualTo("urgent");
        assertThat(jdbc.text("SELECT support_desk_priority('How do I download my invoice?', 'email')"))
                .isEqualTo("low");
    }

    @Test
    void keepsOldAndNewStatusInStepWhoeverWrites() {
        RevisionSections revision = RevisionSections.of("sd002");
        revision.run(jdbc, "expand");

        jdbc.execute(OLD_INSERT.formatted("'email', 'Old application', '', 'pending'"));
        assertThat(statusOf(1_000_000)).containsExactly("pending", "WAITING_ON_CUSTOMER");
        jdbc.execute("UPDATE tickets SET status = 'resolved' WHERE id = 1000000");
        assertThat(statusOf(1_000_000)).containsExactly("resolved", "RESOLVED");
        jdbc.execute("UPDATE tickets SET status_code = 'IN_PROGRESS' WHERE id = 1000000");
        assertThat(statusOf(1_000_000)).containsExactly("in_progress", "IN_PROGRESS");
        jdbc.execute("INSERT INTO tickets (id, user_id, channel, subject, description, status_code)"
                + " VALUES (1000001, 1, 'web', 'New application', '', 'OPEN')");
        assertThat(statusOf(1_000_001)).containsExactly("open", "OPEN");
        assertThatThrownBy(() -> jdbc.execute("UPDATE tickets SET status_code = 'LOST' WHERE id = 1000000"))
                .hasMessageContaining("23514");
        jdbc.execute("UPDATE tickets SET status_code = 'CLOSED' WHERE id = (SELECT min(id) FROM tickets)");
        assertThat(statusOf(jdbc.number("SELECT min(id) FROM tickets")))
                .as("a row that the backfill has not reached")
                .containsExactly("closed", "CLOSED");
    }

    @Test
    void findsAnUnknownStatusInsteadOfLosingIt() {
        RevisionSections revision = RevisionSections.of("sd002");
        jdbc.execute("UPDATE tickets SET status = 'on_hold' WHERE id IN (SELECT id FROM tickets ORDER BY id LIMIT 3)");
        revision.run(jdbc, "expand");
        revision.run(jdbc, "backfill");
        jdbc.execute(OLD_INSERT.formatted("'email', 'Old application', '', 'escalated'"));

        assertThat(revision.verify(jdbc)).containsExactly(4L, 4L);
        assertThat(jdbc.number("SELECT count(*) FROM tickets WHERE status = 'on_hold'"))
                .isEqualTo(3);
        assertThatThrownBy(() -> revision.run(jdbc, "contract")).hasMessageContaining("23514");
        revision.run(jdbc, "undo expand");
        revision.run(jdbc, "expand");
        revision.run(jdbc, "backfill");

        jdbc.execute("UPDATE tickets SET status = 'pending' WHERE status IN ('on_hold', 'escalated')");
        assertThat(revision.verify(jdbc)).containsExactly(0L, 0L);
        revision.run(jdbc, "contract");
        assertThatThrownBy(() -> jdbc.execute("UPDATE tickets SET status = 'on_hold' WHERE id = 1000000"))
                .hasMessageContaining("23502");
    }

    @Test
    void verifiesTheFigureAndNotOnlyThatThereIsOne() {
        RevisionSections revision = RevisionSections.of("sd002");
        revision.run(jdbc, "expand");
        revision.run(jdbc, "backfill");
        jdbc.execute("ALTER TABLE tickets DISABLE TRIGGER USER");
        jdbc.execute("UPDATE tickets SET status = 'open' WHERE id IN"
                + " (SELECT id FROM tickets WHERE status = 'closed' ORDER BY id LIMIT 2)");
        assertThat(revision.verify(jdbc)).containsExactly(0L, 2L);
    }

    @Test
    void followsTicketsThatAreResolvedAndOpenedAgain() {
        RevisionSections revision = RevisionSections.of("sd003");
        revision.run(jdbc, "expand");
        revision.run(jdbc, "backfill");
        jdbc.execute("UPDATE tickets SET resolved_at = created_at + interval '90 seconds'");
        assertThat(jdbc.number("SELECT sum(abs(resolution_time_seconds - 90)) FROM tickets"))
                .isZero();
        jdbc.execute("UPDATE tickets SET status = 'open', resolved_at = NULL");
        assertThat(jdbc.number("SELECT count(resolution_time_seconds) FROM tickets"))
                .isZero();
        assertThat(revision.verify(jdbc)).containsExactly(0L);
    }

    @Test
    void writesPlainFiles(@TempDir Path folder) throws IOException {
        SupportDesk.writeMigrations(folder.resolve("deep/migrations"));

        for (RevisionFile file : SupportDesk.migrations()) {
            assertThat(Files.readString(folder.resolve("deep/migrations").resolve(file.name())))
                    .isEqualTo(file.text())
                    .startsWith("-- athanor:revision  " + file.name().substring(0, 5));
        }
    }

    private List<@Nullable String> statusOf(long ticket) {
        return jdbc.rows("SELECT status, status_code FROM tickets WHERE id = ?", ticket)
                .get(0);
    }

    /** Columns, constraints, indexes, triggers and functions. */
    private List<List<@Nullable String>> shape() {
        return jdbc.rows("""
                SELECT 'column', attname, atttypid::regtype::text || attnotnull FROM pg_attribute
                 WHERE attrelid = 'tickets'::regclass AND attnum > 0 AND NOT attisdropped
                UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
                 WHERE conrelid = 'tickets'::regclass
                UNION ALL SELECT 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
                 WHERE indrelid = 'tickets'::regclass
                UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger
                 WHERE tgrelid = 'tickets'::regclass AND NOT tgisinternal
                UNION ALL SELECT 'function', proname, prosrc FROM pg_proc
                 WHERE pronamespace = 'public'::regnamespace
                ORDER BY 1, 2""");
    }
}
