package dev.athanor.source;

import static dev.athanor.migration.Sql.update;
import static dev.athanor.operation.Operations.addColumn;
import static dev.athanor.operation.Operations.column;
import static dev.athanor.operation.Operations.setNotNull;
import static dev.athanor.operation.SqlTypes.INTEGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A Java revision of typed operations and a backfill, as people write them. */
class JavaRevisionExampleTest {
    @Revision(id = "data002", revises = "data001", message = "add computed resolution time to tickets")
    public static final class AddResolutionTime implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            migration.expand(addColumn("tickets", column("resolution_time_seconds", INTEGER)));
            migration.backfill(update("tickets")
                    .set("resolution_time_seconds", "extract(epoch FROM resolved_at - created_at)::int")
                    .where("resolved_at IS NOT NULL AND resolution_time_seconds IS NULL"));
            migration.contract(setNotNull("tickets", "resolution_time_seconds"));
        }
    }

    private static List<Section> sections(Migration migration) {
        Faults faults = new Faults("X");
        RevisionDefinition definition =
                MigrationReader.read(AddResolutionTime.class.getAnnotation(Revision.class), migration, faults);
        assertThat(faults.inOrder()).isEmpty();
        return Objects.requireNonNull(definition).sections();
    }

    @Test
    void operations_and_update_become_sections() {
        List<Section> sections = sections(new AddResolutionTime());

        assertThat(sections.get(0).sql()).contains("ADD COLUMN \"resolution_time_seconds\" integer");
        assertThat(sections.get(1)).isInstanceOfSatisfying(Section.Backfill.class, backfill -> {
            assertThat(backfill.table().quoted()).isEqualTo("\"tickets\"");
            assertThat(backfill.sql())
                    .isEqualToNormalizingWhitespace("UPDATE tickets SET resolution_time_seconds ="
                            + " (extract(epoch FROM resolved_at - created_at)::int ) WHERE ${chunk}");
            assertThat(backfill.options().where())
                    .isEqualTo("resolved_at IS NOT NULL AND resolution_time_seconds IS NULL");
        });
        assertThat(sections.subList(2, sections.size()))
                .allMatch(section -> section instanceof Section.Schema)
                .anyMatch(section -> section.sql().contains("SET NOT NULL"));
    }

    @Test
    void update_keeps_the_order_of_columns_and_its_options() {
        Migration migration = builder -> builder.backfill(update("support.\"Tickets\"")
                .set("\"B\"", "a -- why")
                .chunkSize(10)
                .set("a", "(1)"));

        assertThat(sections(migration).get(0)).isInstanceOfSatisfying(Section.Backfill.class, backfill -> {
            assertThat(backfill.sql())
                    .startsWith("UPDATE support.\"Tickets\" SET \"B\" = (a -- why\n), a = ((1)\n) WHERE ${chunk}");
            assertThat(backfill.options().chunkSize()).isEqualTo(10);
        });
    }

    @Test
    void update_that_sets_nothing_is_a_mistake() {
        Migration migration = builder -> builder.backfill(update("tickets").where("true"));

        assertThatThrownBy(() -> sections(migration)).hasMessageContaining("update(\"tickets\") sets no column");
    }
}
