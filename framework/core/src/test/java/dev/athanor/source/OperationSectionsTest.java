package dev.athanor.source;

import static dev.athanor.migration.Pace.pace;
import static dev.athanor.operation.Operations.addColumn;
import static dev.athanor.operation.Operations.column;
import static dev.athanor.operation.Operations.renameColumn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;
import dev.athanor.revision.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations as sections of revisions, in files and in classes. */
class OperationSectionsTest {
    private static final String BOTH = """
            -- athanor:revision both
            -- athanor:operation add-column table=support."Tickets" column="pri ority" type='numeric(4, 2)' default=0 not-null=true
            -- athanor:operation rename-column table=support."Tickets" from=status to=state
            """;

    private static RevisionDefinition read(String text) {
        Faults faults = new Faults("a.sql");
        RevisionDefinition definition = RevisionFileReader.read(text, faults);
        assertThat(faults.inOrder()).isEmpty();
        return Objects.requireNonNull(definition);
    }

    private static List<String> faults(String directive) {
        Faults faults = new Faults("a.sql");
        RevisionFileReader.read("-- athanor:revision r\n" + directive, faults);
        return faults.inOrder().stream().map(Fault::toString).toList();
    }

    @Revision(id = "both")
    static final class InJava implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            migration.operation(addColumn(
                    "support.\"Tickets\"",
                    column("\"pri ority\"", "numeric(4, 2)").withDefault("0").asNotNull()));
            migration.operation(renameColumn("support.\"Tickets\"", "status", "state"));
        }
    }

    @Revision(id = "placed")
    static final class Placed implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            migration.contract(addColumn("tickets", column("n", "integer")));
        }
    }

    private static RevisionDefinition java(Migration migration) {
        Faults faults = new Faults("X");
        RevisionDefinition definition =
                MigrationReader.read(migration.getClass().getAnnotation(Revision.class), migration, faults);
        assertThat(faults.inOrder()).isEmpty();
        return Objects.requireNonNull(definition);
    }

    private static List<String> written(RevisionDefinition definition) {
        return definition.sections().stream().map(WrittenSection::of).toList();
    }

    @Test
    void the_last_operation_is_taken_back_first() {
        List<String> undone = read(BOTH).sections().stream()
                .filter(section -> section instanceof Section.Schema schema && schema.undo())
                .map(Section::sql)
                .toList();

        assertThat(undone).hasSize(3);
        assertThat(undone.get(0)).contains("RENAME COLUMN \"state\" TO \"status\"");
        assertThat(undone.get(1)).contains("DROP COLUMN IF EXISTS \"state\"");
        assertThat(undone.get(2)).contains("DROP COLUMN IF EXISTS \"pri ority\"");
    }

    @Test
    void undo_by_hand_comes_behind_it_and_sections_keep_their_order() {
        RevisionDefinition mixed = read("""
                -- athanor:revision mixed
                -- athanor:expand
                SELECT 1;
                -- athanor:undo expand
                SELECT -1;
                -- athanor:operation add-column table=t column=c type=int
                -- athanor:expand
                SELECT 2;
                """);

        assertThat(mixed.sections().stream().map(Section::sql).map(String::strip))
                .containsExactly(
                        "SELECT 1;",
                        "ALTER TABLE \"t\" ADD COLUMN \"c\" int;",
                        "SELECT 2;",
                        "ALTER TABLE \"t\" DROP COLUMN IF EXISTS \"c\";",
                        "SELECT -1;");
    }

    @Test
    void classes_and_files_say_the_same() {
        assertThat(written(java(new InJava()))).isEqualTo(written(read(BOTH)));
        assertThat(java(new InJava()).checksum()).isEqualTo(read(BOTH).checksum());
    }

    @Test
    void the_checksum_is_that_of_what_was_told() {
        assertThat(read(BOTH.replace("to=state", "to=condition")).checksum())
                .isNotEqualTo(read(BOTH).checksum());
        assertThat(read(BOTH.replace("to=state", "to='state'")).checksum())
                .isEqualTo(read(BOTH).checksum());
    }

    @Test
    void written_out_it_is_a_file_with_the_same_sections() {
        RevisionDefinition again =
                read("-- athanor:revision both\n" + written(read(BOTH)).stream().collect(Collectors.joining("\n")));

        assertThat(written(again)).isEqualTo(written(read(BOTH)));
    }

    @Test
    void an_operation_stands_in_one_phase_when_that_is_said() {
        assertThat(java(new Placed()).sections()).allMatch(section -> section.phase() == Phase.CONTRACT);
        assertThat(
                        read("-- athanor:revision r\n-- athanor:operation add-column table=t column=c type=int phase=contract")
                                .sections())
                .allMatch(section -> section.phase() == Phase.CONTRACT)
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rename-colum table=t | found operation 'rename-colum', expected one of",
                "rename-column from=a to=b | found no 'table'",
                "rename-column table=t from=a to=a | found the same name in 'from' and 'to'",
                "rename-column table=t from=a,b to=c | found several names in 'from'",
                "rename-column table=t from=a to=b colour=red | found option 'colour' of 'rename-column'",
                "rename-column table=t from=a from=b to=c | found option 'from' again",
                "rename-column table='t; DROP' from=a to=b | expected a name as in SQL",
                "rename-column table=t from=a to=b phase=expand | it has a backfill",
                "add-column table=t column=c type=int phase=later | expected phase=expand or phase=contract",
                "add-column table=t column=c type='int); DROP TABLE t; --' | expected one whole piece of SQL",
                "add-column table=t column=c type=int not-null=true | found not-null=true without a default",
                "add-column table=t column=c type=int default= | found 'default' without a value",
            })
    void what_is_wrong_is_told(String directive, String fault) {
        assertThat(faults("-- athanor:operation " + directive))
                .anySatisfy(found -> assertThat(found).contains(fault).contains("2"));
    }

    @Test
    void text_behind_a_directive_that_says_all_is_a_fault() {
        assertThat(faults("-- athanor:operation rename-column table=t from=a to=b\nSELECT 1;"))
                .anySatisfy(found -> assertThat(found).contains("found SQL behind 'operation rename-column'"));
    }

    @Test
    void how_fast_and_how_patiently_goes_to_the_sections_and_not_into_the_checksum() {
        String plain = """
                -- athanor:revision paced
                -- athanor:operation rename-column table=tickets from=status to=state
                """;
        RevisionDefinition paced =
                read(plain.strip() + " target-chunk-time=50ms workers=1 lock-timeout=200ms retries=30\n");

        assertThat(written(paced))
                .filteredOn(text -> text.startsWith("-- athanor:backfill"))
                .singleElement()
                .asString()
                .contains("target-chunk-time", "workers=1")
                .doesNotContain("lock-timeout");
        assertThat(written(paced))
                .filteredOn(text -> text.startsWith("-- athanor:contract"))
                .singleElement()
                .asString()
                .contains("lock-timeout", "retries=30")
                .doesNotContain("workers");
        assertThat(written(paced))
                .filteredOn(text -> text.startsWith("-- athanor:verify"))
                .singleElement()
                .asString()
                .doesNotContain("retries");
        assertThat(paced.checksum()).isEqualTo(read(plain).checksum());
    }

    @Revision(id = "paced")
    static final class Paced implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            migration.operation(
                    renameColumn("tickets", "status", "state"),
                    pace().chunkSize(500)
                            .targetChunkTime(Duration.ofMillis(50))
                            .maxRowsPerSecond(10_000)
                            .workers(2)
                            .vacuumEveryRows(100_000)
                            .lockTimeout(Duration.ofMillis(200))
                            .retries(30));
            migration.expand(addColumn("tickets", column("n", "integer")), pace().retries(5));
            migration.contract(addColumn("tickets", column("m", "integer")), pace().lockTimeout(Duration.ofSeconds(1)));
        }
    }

    @Revision(id = "unheard")
    static final class Unheard implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            migration.operation(addColumn("tickets", column("n", "integer")), pace().workers(2));
        }
    }

    @Test
    void classes_say_how_fast_and_how_patiently_too() {
        RevisionDefinition file = read("""
                -- athanor:revision paced
                -- athanor:operation rename-column table=tickets from=status to=state chunk-size=500 target-chunk-time=50ms max-rows-per-second=10000 workers=2 vacuum-every-rows=100000 lock-timeout=200ms retries=30
                -- athanor:operation add-column table=tickets column=n type=integer phase=expand retries=5
                -- athanor:operation add-column table=tickets column=m type=integer phase=contract lock-timeout=1s
                """);

        assertThat(written(java(new Paced()))).isEqualTo(written(file));
        assertThat(java(new Paced()).checksum()).isEqualTo(file.checksum());
        Faults faults = new Faults("X");
        MigrationReader.read(Unheard.class.getAnnotation(Revision.class), new Unheard(), faults);
        assertThat(faults.inOrder())
                .singleElement()
                .asString()
                .contains("found 'workers' of 'add-column', expected none: it has no backfill");
    }

    @Test
    void what_nothing_would_listen_to_is_refused() {
        assertThat(faults("-- athanor:operation add-column table=t column=c type=int workers=2"))
                .singleElement()
                .asString()
                .contains("found 'workers' of 'add-column', expected none: it has no backfill");
        assertThat(faults("-- athanor:operation rename-column table=t from=a to=b workers=2 workers=3"))
                .singleElement()
                .asString()
                .contains("found option 'workers' again");
        assertThat(faults("-- athanor:operation rename-column table=t from=a to=b workers=none"))
                .singleElement()
                .asString()
                .contains("found 'workers=none'");
    }
}
