package dev.athanor.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.StatementSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** For every rule what it objects to and what it lets pass. */
class LintExamplesTest {
    /** Known from the catalogue alone. */
    private static final Set<LintRule> ONLINE = Set.of(LintRule.DM2);

    record Example(LintRule rule, boolean fails, PgVersion version, List<LintedSection> sections, int line) {
        @Override
        public String toString() {
            return rule + (fails ? " fails" : " passes") + " in line " + line;
        }
    }

    static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        String[] parts = text().split("(?m)^== ");
        int line = 1;
        for (String part : parts) {
            if (line > 1) {
                examples.add(example(part, line));
            }
            line += (int) part.chars().filter(c -> c == '\n').count();
        }
        return examples;
    }

    private static String text() {
        try (InputStream in = LintExamplesTest.class.getResourceAsStream("lint-examples.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Example example(String part, int line) {
        String[] head = part.lines().findFirst().orElseThrow().split(" ");
        PgVersion version = PgVersion.NEWEST;
        for (String word : head) {
            version = word.startsWith("version=") ? PgVersion.parse(word.substring(8)) : version;
        }
        List<LintedSection> sections = new ArrayList<>();
        String[] texts = part.split("(?m)^-- \\[");
        for (int i = 1; i < texts.length; i++) {
            sections.add(section(texts[i]));
        }
        return new Example(LintRule.of(head[0]).orElseThrow(), head[1].equals("fails"), version, sections, line);
    }

    private static LintedSection section(String text) {
        String[] words = text.lines().findFirst().orElseThrow().split("[\\] ]+");
        String lock = null;
        String statement = null;
        for (String word : words) {
            lock = word.startsWith("lock-timeout=") ? word.substring(13) : lock;
            statement = word.startsWith("statement-timeout=") ? word.substring(18) : statement;
        }
        return new LintedSection(
                SectionKind.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)),
                words[1].equals("on"),
                text.substring(text.indexOf('\n') + 1),
                lock == null ? null : Timeouts.duration(lock),
                statement == null ? null : Timeouts.duration(statement),
                "example.sql",
                1);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_rule_objects_to_what_fails_alone(Example example) {
        LintSettings settings = new LintSettings(example.version(), Set.of(LintRule.NM2), Set.of());
        List<Finding> findings = new Linter(settings).lint(example.sections());
        Stream<LintRule> rules =
                findings.stream().filter(finding -> !finding.waived()).map(Finding::rule);
        if (example.fails()) {
            assertThat(rules).as("%s", findings).contains(example.rule());
        } else {
            assertThat(rules).as("%s", findings).doesNotContain(example.rule());
        }
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.message()).isNotBlank().endsWith(".");
            assertThat(finding.safe()).isNotBlank();
            assertThatCode(() -> StatementSplitter.split(finding.safe()))
                    .as("%s", finding.safe())
                    .doesNotThrowAnyException();
            assertThat(LintVectorsTest.missing(finding.rule().id(), words(example)))
                    .as("words that %s needs", finding)
                    .isEmpty();
        });
    }

    private static String words(Example example) {
        StringBuilder words = new StringBuilder();
        for (LintedSection section : example.sections()) {
            words.append(section.sql().replaceAll("/\\*.*?\\*/", " "))
                    .append(section.lockTimeout() == null ? "" : "lock-timeout ")
                    .append(section.statementTimeout() == null ? "" : "statement-timeout ");
        }
        return words.toString();
    }

    /** A statement that is put in its safe form passes the rule that asked for it. */
    @Test
    void safe_forms_are_safe() {
        List<String> statements = List.of(
                "CREATE INDEX ON support.\"tick\"\"ets; drop\" (lower(a))",
                "DROP INDEX \"i;x\"",
                "REINDEX TABLE tickets",
                "ALTER TABLE \"T\" ADD FOREIGN KEY (\"U\") REFERENCES \"Users\" (id) ON DELETE CASCADE",
                "ALTER TABLE tickets ADD COLUMN \"U\" bigint REFERENCES users",
                "ALTER TABLE \"tick\"\"ets; drop\" ADD CHECK (a <> '--;')",
                "ALTER TABLE tickets ADD UNIQUE NULLS NOT DISTINCT (\"A\", b)",
                "ALTER TABLE tickets ADD PRIMARY KEY (\"A\")",
                "ALTER TABLE tickets ALTER \"A\" SET NOT NULL",
                "ALTER TABLE tickets ADD a text NOT NULL",
                "ALTER TABLE tickets ADD a uuid DEFAULT gen_random_uuid()",
                "ALTER TABLE tickets ADD a bigserial",
                "ALTER TABLE tickets ADD a json",
                "ALTER TABLE tickets RENAME TO \"Cases\"",
                "ALTER TABLE \"Events\" DETACH PARTITION \"E;1\"",
                "TRUNCATE a, b CASCADE",
                "VACUUM FULL tickets",
                "REFRESH MATERIALIZED VIEW \"M\"",
                "ALTER TYPE channel RENAME VALUE 'o''ne' TO 'two'");
        for (String sql : statements) {
            LintedSection section = new LintedSection(SectionKind.EXPAND, true, sql, "example.sql", 1);
            LintSettings settings = LintSettings.of(new PgVersion(17, null));
            Finding finding = new Linter(settings).lint(List.of(section)).get(0);
            List<LintedSection> safe = sections(finding.safe());
            assertThat(new Linter(settings).lint(safe).stream().map(Finding::rule))
                    .as("%s", finding.safe())
                    .doesNotContain(finding.rule(), LintRule.RW2, LintRule.IX3, LintRule.CO4);
        }
    }

    private static List<LintedSection> sections(String safe) {
        List<LintedSection> sections = new ArrayList<>();
        for (String part : ("-- athanor:expand\n" + safe).split("(?m)^-- athanor:(?=expand|contract)")) {
            String sql = part.replaceFirst("-- athanor:backfill[^;]*;", "");
            boolean autocommit =
                    sql.startsWith("expand transaction=none") || sql.startsWith("contract transaction=none");
            sections.add(new LintedSection(
                    SectionKind.EXPAND, !autocommit, sql.substring(sql.indexOf('\n') + 1), "safe.sql", 1));
        }
        return sections;
    }

    @ParameterizedTest
    @EnumSource
    void every_rule_has_both(LintRule rule) {
        Stream<Boolean> outcomes =
                examples().stream().filter(example -> example.rule() == rule).map(Example::fails);
        if (!ONLINE.contains(rule)) {
            assertThat(outcomes).contains(true, false);
        }
    }

    @Test
    void small_tables_are_no_matter() {
        LintedSection section =
                new LintedSection(SectionKind.EXPAND, true, "CREATE INDEX ix ON public.settings (a)", "example.sql", 1);
        LintSettings settings =
                new LintSettings(PgVersion.NEWEST, Set.of(), Set.of(new QualifiedName(null, "settings")));
        assertThat(new Linter(settings).lint(List.of(section))).isEmpty();
    }
}
