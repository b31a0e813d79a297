package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.catalog.SchemaDifference;
import dev.athanor.catalog.SchemaPicture;
import dev.athanor.revision.RevisionNode;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The files and the classes of the complete set do the same. */
@AthanorPostgres
class TwinsTest {
    /** The last revision that is there as a file. */
    private static final String LAST = "sd012";

    private static final Map<String, String> TABLES = Map.of(
            "users", "*",
            "tickets", "*",
            "comments", "*",
            "customer_satisfaction", "ticket_id, score, remark, created_at",
            "customer_merges", "merged_id, kept_id",
            "customer_merge_tickets", "*",
            "tickets_archive", "id, user_id, status_code, sla_due_at, search, deleted_at",
            "comments_archive", "*",
            "customer_satisfaction_archive", "ticket_id, score, remark, created_at");

    @Test
    void haveTheSamePlacesInTheGraph() {
        Revisions files = RevisionSections.completeSet();
        Revisions classes = Run.classes();
        List<RevisionNode> both = classes.graph().sorted().stream()
                .filter(id -> !id.equals("sd013"))
                .map(id -> classes.find(id).orElseThrow().node())
                .toList();
        assertThat(both).isEqualTo(files.nodes());
        for (RevisionDefinition file : files.definitions()) {
            RevisionDefinition twin = classes.find(file.id()).orElseThrow();
            assertThat(twin.message()).isEqualTo(file.message()).isNotEmpty();
            assertThat(twin.created()).isEqualTo(file.created());
        }
    }

    @Test
    void leaveTheSameBehind(TestDatabase database) {
        Outcome files = outcome(database, RevisionSections.completeSet());
        Outcome classes = outcome(database, Run.classes());

        assertThat(SchemaDifference.between(files.schema(), classes.schema())).isEmpty();
        files.rows().forEach((table, rows) -> {
            assertThat(rows).as(table).isNotEmpty();
            assertThat(classes.rows().get(table)).as(table).isEqualTo(rows);
        });
    }

    private record Outcome(SchemaPicture schema, Map<String, List<@Nullable String>> rows) {}

    private static Outcome outcome(TestDatabase database, Revisions revisions) {
        Jdbc jdbc = database.jdbc();
        jdbc.execute("DROP SCHEMA IF EXISTS athanor CASCADE");
        Desks.renewLegacy(database, 3_000, 11);
        jdbc.execute("UPDATE tickets SET deleted_at = '2024-05-01' WHERE id % 50 = 3");
        try (Run run = new Run(database.url(), revisions)) {
            run.upgrade(LAST);
            Map<String, List<@Nullable String>> rows = new LinkedHashMap<>();
            TABLES.forEach((table, columns) -> rows.put(
                    table, jdbc.texts("SELECT t::text FROM (SELECT " + columns + " FROM " + table + ") t ORDER BY 1")));
            return new Outcome(run.schema(), rows);
        }
    }
}
