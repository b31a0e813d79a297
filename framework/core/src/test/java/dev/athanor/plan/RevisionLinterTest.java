package dev.athanor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.lint.LintSettings;
import dev.athanor.lint.PgVersion;
import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;
import dev.athanor.migration.Sql;
import dev.athanor.revision.Phase;
import dev.athanor.source.JavaRevisions;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.RevisionFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings stand where the user has written what they are about. */
class RevisionLinterTest {
    @TempDir
    private Path folder;

    private List<RevisionFinding> lint(String text, Map<String, String> placeholders) throws IOException {
        Path file = Files.writeString(folder.resolve("r.sql"), "-- athanor:revision r\n" + text);
        return lint(RevisionFolder.readFiles(List.of(file)).definitions().get(0), placeholders);
    }

    private static List<RevisionFinding> lint(RevisionDefinition revision, Map<String, String> placeholders) {
        return new RevisionLinter(LintSettings.of(new PgVersion(17, null)), placeholders).lint(revision);
    }

    private static String at(RevisionFinding found) {
        return found.finding().rule().id() + " "
                + Path.of(found.finding().place().file()).getFileName() + ":"
                + found.finding().place().line();
    }

    @Test
    void lines_are_those_of_the_file() throws IOException {
        assertThat(lint("""

                        -- athanor:expand
                        -- a comment
                        CREATE INDEX a ON tickets (a);

                        -- athanor:contract

                        CREATE INDEX b
                          ON tickets (b);
                        """, Map.of()))
                .extracting(RevisionLinterTest::at)
                .containsExactly("IX1 r.sql:5", "IX1 r.sql:9");
    }

    @Test
    void sections_are_looked_at_as_they_run_and_undo_behind_the_others() throws IOException {
        assertThat(lint("""
                        -- athanor:undo expand
                        CREATE INDEX a ON tickets (a);
                        -- athanor:contract
                        CREATE INDEX b ON tickets (b);
                        -- athanor:undo contract
                        CREATE INDEX c ON tickets (c);
                        -- athanor:expand
                        CREATE INDEX d ON tickets (d);
                        """, Map.of()))
                .filteredOn(found -> found.finding().rule().id().equals("IX1"))
                .extracting(found -> found.phase() + (found.undo() ? " undo" : ""))
                .containsExactly("EXPAND", "CONTRACT", "CONTRACT undo", "EXPAND undo");
    }

    @Test
    void waivers_keep_their_place_and_reason() throws IOException {
        assertThat(lint("""
                        -- athanor:expand
                        -- athanor:allow IX1 made at night
                        CREATE INDEX a ON tickets (a);
                        """, Map.of())).singleElement().satisfies(found -> {
            assertThat(found.finding().waived()).isTrue();
            assertThat(found.finding().waiver()).isNotNull();
            assertThat(found.finding().waiver().reason()).isEqualTo("made at night");
            assertThat(found.finding().waiver().place().line()).isEqualTo(3);
        });
    }

    @Test
    void placeholders_have_their_values_or_stand_for_a_name() throws IOException {
        String sql = "-- athanor:expand\nCREATE INDEX a ON ${schema}.${the-table} (a);\nCREATE INDEX b ON t (b);\n";
        assertThat(lint(sql, Map.of("schema", "desk\n", "the-table", "tickets")))
                .extracting(found -> at(found) + " " + found.finding().table())
                .containsExactly("IX1 r.sql:3 \"desk\".\"tickets\"", "IX1 r.sql:4 \"t\"");
        assertThat(lint(sql, Map.of()))
                .extracting(found -> at(found) + " " + found.finding().table())
                .containsExactly("IX1 r.sql:3 \"schema\".\"the_table\"", "IX1 r.sql:4 \"t\"");
    }

    @Test
    void what_an_operation_makes_stands_at_its_directive() throws IOException {
        assertThat(lint("""
                        -- athanor:expand
                        CREATE INDEX a ON tickets (a);
                        -- athanor:operation add-column table=tickets column=n type=integer
                        """, Map.of()))
                .extracting(RevisionLinterTest::at)
                .containsExactly("IX1 r.sql:3", "TY1 r.sql:4");
    }

    @Test
    void an_operation_drops_and_renames_in_contract_without_being_asked() throws IOException {
        assertThat(lint("-- athanor:operation rename-column table=tickets from=status to=state\n", Map.of()))
                .filteredOn(found -> found.finding().refuses())
                .isEmpty();
    }

    @Test
    void a_column_that_is_dropped_in_contract_is_a_warning() throws IOException {
        assertThat(lint("-- athanor:contract\nALTER TABLE tickets DROP COLUMN a;\n", Map.of()))
                .extracting(RevisionFinding::phase, found -> found.finding().refuses())
                .containsExactly(org.assertj.core.api.Assertions.tuple(Phase.CONTRACT, false));
        assertThat(lint("-- athanor:expand\nALTER TABLE tickets DROP COLUMN a;\n", Map.of()))
                .extracting(found -> found.finding().refuses())
                .containsExactly(true);
    }

    @Test
    void undo_that_makes_a_dropped_table_again_is_no_drop_and_recreate() throws IOException {
        assertThat(lint("""
                        -- athanor:contract
                        DROP TABLE notes;
                        -- athanor:undo contract
                        CREATE TABLE notes (id bigint PRIMARY KEY);
                        """, Map.of())).isEmpty();
    }

    @Revision(id = "j")
    private static final class InJava implements Migration {
        @Override
        public void define(MigrationBuilder builder) {
            builder.expand(Sql.sql("SELECT 1"));
            builder.expand(Sql.sql("\nCREATE INDEX a ON tickets (a)"));
        }
    }

    @Test
    void classes_have_their_section_for_a_file() {
        RevisionDefinition revision =
                JavaRevisions.of(new InJava()).definitions().get(0);
        assertThat(lint(revision, Map.of())).singleElement().satisfies(found -> {
            assertThat(found.inClass()).isTrue();
            assertThat(found.finding().place().toString()).isEqualTo(InJava.class.getName() + ": expand-2:2");
        });
    }
}
