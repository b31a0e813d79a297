package dev.athanor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Findings by the size of their table. */
class SizeWeightTest {
    private static final long GIGABYTE = 1L << 30;

    private static Finding finding(LintRule rule) {
        return new Finding(
                rule,
                rule.severity(),
                new Place("a.sql", 1),
                "statement",
                LockMode.SHARE,
                new QualifiedName(null, "t"),
                "It locks.",
                "",
                null);
    }

    @Test
    void work_on_a_small_table_is_information() {
        Finding weighed = SizeWeight.of(finding(LintRule.IX1), SizeWeight.SMALL_BYTES);
        assertThat(weighed.severity()).isEqualTo(Severity.INFO);
        assertThat(weighed.message()).isEqualTo("It locks. (no harm now: the table has 8 MB)");
    }

    @Test
    void work_on_a_large_table_is_told_with_its_length() {
        Finding weighed = SizeWeight.of(finding(LintRule.IX1), 42 * GIGABYTE);
        assertThat(weighed.severity()).isEqualTo(Severity.ERROR);
        assertThat(weighed.message()).isEqualTo("It locks. (the table has 42 GB, about 9 min of work)");
    }

    @Test
    void a_table_that_is_not_there_is_used_by_nobody() {
        for (LintRule rule : List.of(LintRule.CO7, LintRule.CL8, LintRule.CO12, LintRule.TB4)) {
            Finding weighed = SizeWeight.notLive(finding(rule));
            assertThat(weighed.severity()).isEqualTo(Severity.INFO);
            assertThat(weighed.message()).isEqualTo("It locks. (no harm now: the table is not live yet)");
        }
        assertThat(SizeWeight.notLive(finding(LintRule.EN1)).message()).contains("the type is not live yet");
        Finding rejected = finding(LintRule.IX3);
        assertThat(SizeWeight.notLive(rejected)).isSameAs(rejected);
    }

    @Test
    void what_breaks_code_breaks_it_on_every_table() {
        Finding rename = finding(LintRule.CL8);
        assertThat(SizeWeight.of(rename, 0)).isSameAs(rename);
    }

    @Test
    void a_lock_that_is_short_is_told_without_a_length() {
        assertThat(SizeWeight.of(finding(LintRule.TX6), GIGABYTE).message())
                .isEqualTo("It locks. (the table has 1 GB)");
    }
}
