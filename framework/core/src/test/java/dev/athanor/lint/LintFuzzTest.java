package dev.athanor.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever is in a section, lint comes to an end and says what it thinks of it. */
class LintFuzzTest {
    /** What stands in the examples, word for word. */
    private static final List<String> STATEMENTS = statements();

    private static final List<String> WORDS = List.of(
            "(",
            ")",
            ",",
            ";",
            "'",
            "\"",
            "$$",
            "--",
            "/*",
            "*/",
            "[",
            "]",
            ".",
            "::",
            "=",
            "ALTER",
            "TABLE",
            "ADD",
            "COLUMN",
            "CONSTRAINT",
            "NOT",
            "NULL",
            "VALID",
            "DEFAULT",
            "CASE",
            "END",
            "BEGIN",
            "COMMIT",
            "CREATE",
            "INDEX",
            "ON",
            "ONLY",
            "DROP",
            "SET",
            "TYPE",
            "USING",
            "REFERENCES",
            "CHECK",
            "GENERATED",
            "AS",
            "(a",
            "x.y",
            "\"a;b\"",
            "UPDATE",
            "WHERE",
            "AND",
            "OR",
            "BETWEEN",
            "DO",
            "$1",
            "${x}",
            "1e",
            "U&\"\\0061\"",
            "\0",
            "\uD83D",
            "-- athanor:allow",
            "INTERVAL");

    private static List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (LintExamplesTest.Example example : LintExamplesTest.examples()) {
            example.sections().forEach(section -> statements.add(section.sql()));
        }
        return statements;
    }

    @Test
    void random_mutations_of_statements_never_fail() {
        Random random = new Random(20_260_101);
        for (int i = 0; i < 5_000; i++) {
            String sql = mutated(random);
            boolean transactional = random.nextBoolean();
            LintedSection first = new LintedSection(SectionKind.EXPAND, transactional, sql, "a.sql", 1);
            LintedSection second = new LintedSection(
                    SectionKind.values()[random.nextInt(5)], !transactional, pick(STATEMENTS, random), "a.sql", 9);
            LintSettings settings =
                    new LintSettings(new PgVersion(9 + random.nextInt(10), 0), Set.of(LintRule.NM2), Set.of());
            assertThatCode(() -> new Linter(settings).lint(List.of(first, second)))
                    .as("%s", sql)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_statement_cut_short_never_fails() {
        for (String sql : STATEMENTS) {
            for (int end = 0; end <= sql.length(); end += 5) {
                LintedSection section = new LintedSection(SectionKind.EXPAND, true, sql.substring(0, end), "a.sql", 1);
                assertThat(new Linter(LintSettings.of(PgVersion.NEWEST)).lint(List.of(section)))
                        .isNotNull();
            }
        }
    }

    private static String mutated(Random random) {
        StringBuilder sql = new StringBuilder(pick(STATEMENTS, random));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(sql.length() + 1);
            int end = Math.min(sql.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> sql.delete(at, end);
                case 1 -> sql.insert(at, " " + pick(WORDS, random) + " ");
                case 2 -> sql.insert(at, sql.substring(at, end));
                default -> sql.insert(at, "; " + pick(STATEMENTS, random));
            }
        }
        return sql.toString();
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
