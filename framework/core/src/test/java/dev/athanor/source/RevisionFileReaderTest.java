package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.revision.Phase;
import dev.athanor.sql.QualifiedName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionFileReaderTest {
    private static final String WHOLE = """
            -- athanor:revision  data002
            -- athanor:revises   data001, data000
            -- athanor:depends-on rep001
            -- athanor:labels    reporting
            -- athanor:message   add computed resolution time, really
            -- athanor:created   2025-01-15T14:00:00+01:00
            -- athanor:after     contract
            -- some comment

            -- athanor:expand lock-timeout=2s statement-timeout=PT1M retries=7
            ALTER TABLE tickets ADD COLUMN n integer;
            -- athanor:allow LK1 small table
            CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$
            -- athanor:contract
            SELECT ' -- athanor:expand'
            $$;
            /*
            -- athanor:bogus
            */

            -- athanor:expand transaction=none
            CREATE INDEX CONCURRENTLY ix ON tickets (n);
            -- athanor:backfill table=support."Tickets" key=tenant,"Id" where='n IS NULL AND s = ''a b''' chunk-size=500 target-chunk-time=250ms max-rows-per-second=1000 workers=4
            UPDATE tickets SET n = 1 WHERE ${chunk:t} AND n IS NULL
            -- athanor:backfill name=second table=tickets
            DELETE FROM tickets WHERE ${chunk};
            -- athanor:verify
            SELECT count(*) FROM tickets;
            -- athanor:verify name="none-left"
            WITH x AS (SELECT 1) SELECT count(*) FROM x;
            -- athanor:contract
            DROP TABLE ${old};
            -- athanor:undo contract transaction=none
            SELECT 1;
            -- athanor:undo backfill
            SELECT 2
            """;

    private static RevisionDefinition read(String text) {
        Faults faults = new Faults("a.sql");
        RevisionDefinition definition = RevisionFileReader.read(text, faults);
        assertThat(faults.inOrder()).isEmpty();
        return Objects.requireNonNull(definition);
    }

    @ParameterizedTest
    @CsvSource({"false, ''", "true, ''", "false, '\uFEFF'"})
    void readsHeader(boolean crlf, String mark) {
        RevisionDefinition revision = read(mark + (crlf ? WHOLE.replace("\n", "\r\n") : WHOLE));
        assertThat(revision.id()).isEqualTo("data002");
        assertThat(revision.node().revises()).containsExactly("data001", "data000");
        assertThat(revision.node().dependsOn()).containsExactly("rep001");
        assertThat(revision.node().labels()).containsExactly("reporting");
        assertThat(revision.message()).isEqualTo("add computed resolution time, really");
        assertThat(revision.created()).isEqualTo(Instant.parse("2025-01-15T13:00:00Z"));
        assertThat(revision.afterContract()).isTrue();
        assertThat(revision.origin()).hasToString("a.sql:1");
        assertThat(revision.sections()).hasSize(9);
    }

    @Test
    void readsWhyItCannotBeUndone() {
        assertThat(read("-- athanor:revision a\n-- athanor:irreversible it drops the notes, for good")
                        .irreversible())
                .isEqualTo("it drops the notes, for good");
        assertThat(read(WHOLE).irreversible()).isNull();
    }

    @Test
    void readsSchemaSections() {
        List<Section> sections = read(WHOLE).sections();
        assertThat(sections.get(0)).isInstanceOfSatisfying(Section.Schema.class, expand -> {
            assertThat(expand.origin().line()).isEqualTo(10);
            assertThat(expand.phase()).isEqualTo(Phase.EXPAND);
            assertThat(expand.undo()).isFalse();
            assertThat(expand.options())
                    .isEqualTo(new SchemaOptions(true, Duration.ofSeconds(2), Duration.ofMinutes(1), 7));
            assertThat(expand.sql())
                    .startsWith("ALTER TABLE")
                    .contains("-- athanor:allow LK1 small table", "\n-- athanor:contract\n")
                    .endsWith("*/\n\n");
        });
        assertThat(sections.get(1))
                .isInstanceOfSatisfying(
                        Section.Schema.class,
                        expand -> assertThat(expand.options()).isEqualTo(new SchemaOptions(false, null, null, null)));
        assertThat(sections.get(7)).isInstanceOfSatisfying(Section.Schema.class, undo -> {
            assertThat(undo.phase()).isEqualTo(Phase.CONTRACT);
            assertThat(undo.undo()).isTrue();
            assertThat(undo.options().transactional()).isFalse();
        });
        assertThat(sections.get(8).phase()).isEqualTo(Phase.BACKFILL);
    }

    @Test
    void readsBackfillsAndVerifications() {
        List<Section> sections = read(WHOLE).sections();
        assertThat(sections.get(2)).isInstanceOfSatisfying(Section.Backfill.class, backfill -> {
            assertThat(backfill.name()).isEqualTo("backfill-1");
            assertThat(backfill.table()).isEqualTo(new QualifiedName("support", "Tickets"));
            assertThat(backfill.key()).containsExactly("tenant", "Id");
            assertThat(backfill.options())
                    .isEqualTo(BackfillOptions.builder()
                            .chunkSize(500)
                            .targetChunkTime(Duration.ofMillis(250))
                            .maxRowsPerSecond(1000L)
                            .workers(4)
                            .where("n IS NULL AND s = 'a b'")
                            .build());
            assertThat(backfill.sql()).isEqualTo("UPDATE tickets SET n = 1 WHERE ${chunk:t} AND n IS NULL\n");
        });
        assertThat(sections.get(3)).isInstanceOfSatisfying(Section.Backfill.class, backfill -> {
            assertThat(backfill.name()).isEqualTo("second");
            assertThat(backfill.key()).isEmpty();
            assertThat(backfill.options()).isEqualTo(BackfillOptions.NONE);
        });
        assertThat(sections.subList(4, 6))
                .extracting(section -> ((Section.Verify) section).name())
                .containsExactly("verify-1", "none-left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-- athanor:revises\n", "-- athanor:revises base\n"})
    void readsBases(String revises) {
        assertThat(read("-- athanor:revision x\n" + revises).node().revises()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-01-15T13:00:00Z", "2025-01-15T14:00+01:00", "2025-01-15T13:00:00.000Z"})
    void readsTimes(String created) {
        assertThat(read("-- athanor:revision x\n-- athanor:created " + created).created())
                .isEqualTo(Instant.parse("2025-01-15T13:00:00Z"));
    }

    @Test
    void transactionControlIsFreeInAutocommit() {
        assertThat(read("-- athanor:revision x\n-- athanor:expand transaction=none\nBEGIN; SELECT 1; COMMIT;\n")
                        .sections())
                .hasSize(1);
    }

    @Test
    void checksumIsOverWhatIsDone() {
        String checksum = read(WHOLE).checksum();
        assertThat(checksum).matches("v1:[0-9a-f]{64}");
        for (String same : List.of(
                WHOLE.replace("\n", "\r\n"),
                WHOLE.replace("really", "truly").replace("data001, ", ""),
                WHOLE.replace("retries=7", "")
                        .replace("chunk-size=500", "workers=8")
                        .replace(" workers=4", ""),
                WHOLE.replace("-- some comment", "/* another */"),
                WHOLE.replace("name=second ", ""),
                WHOLE.replace("DROP TABLE ${old};", "DROP  TABLE\t${old}"))) {
            assertThat(read(same).checksum()).isEqualTo(checksum);
        }
        for (String other : List.of(
                WHOLE.replace("expand transaction=none", "expand"),
                WHOLE.replace("undo backfill", "undo expand"),
                WHOLE.replace("key=tenant,\"Id\"", "key=tenant"),
                WHOLE.replace("where='n IS NULL AND", "where='n IS NULL OR"),
                WHOLE.replace("${old}", "${older}"),
                WHOLE.replace("table=tickets", "table=users"))) {
            assertThat(read(other).checksum()).isNotEqualTo(checksum);
        }
    }
}
