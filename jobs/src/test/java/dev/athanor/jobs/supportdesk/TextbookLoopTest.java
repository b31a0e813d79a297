package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loop that one finds in tutorials, and what it leaves behind. */
@AthanorPostgres
class TextbookLoopTest {
    private static final int RESOLVED = 10_000;
    private static final int PAGE = 500;
    private static final String UNFILLED = "resolved_at IS NOT NULL AND resolution_time_seconds IS NULL";

    private final TestDatabase database;
    private final Jdbc jdbc;

    TextbookLoopTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @BeforeEach
    void makeTenThousandRowsToFill() {
        Desks.renew(database, 12_000, 11);
        jdbc.update(
                "UPDATE tickets SET resolved_at = NULL, status = 'open' WHERE id IN"
                        + " (SELECT id FROM tickets WHERE resolved_at IS NOT NULL ORDER BY id OFFSET ?)",
                RESOLVED);
        RevisionSections.of("sd003").run(jdbc, "expand");
        assertThat(unfilled()).isEqualTo(RESOLVED);
    }

    @Test
    void aGrowingOffsetOverAShrinkingFilterLeavesExactlyHalf() {
        int offset = 0;
        while (fillPage(offset) > 0) {
            offset += PAGE;
        }
        assertThat(unfilled()).isEqualTo(RESOLVED / 2);
    }

    @Test
    void ourBackfillLeavesNone() {
        RevisionSections revision = RevisionSections.of("sd003");
        long changed;
        try (Engine engine = new Engine(database.url())) {
            changed = engine.backfill(revision.revision());
        }
        assertThat(changed).isEqualTo(RESOLVED);
        assertThat(unfilled()).isZero();
        assertThat(revision.verify(jdbc)).containsExactly(0L);
    }

    private int fillPage(int offset) {
        return jdbc.update(
                "UPDATE tickets SET resolution_time_seconds = extract(epoch FROM resolved_at - created_at)::int"
                        + " WHERE id IN (SELECT id FROM tickets WHERE " + UNFILLED
                        + " ORDER BY id LIMIT ? OFFSET ?)",
                PAGE,
                offset);
    }

    private long unfilled() {
        return jdbc.number("SELECT count(*) FROM tickets WHERE " + UNFILLED);
    }
}
