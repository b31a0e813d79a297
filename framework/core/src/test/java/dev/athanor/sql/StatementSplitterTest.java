package dev.athanor.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases that the shared vectors leave out; the answers are psql's. */
class StatementSplitterTest {

    private static String[] texts(String sql) {
        return StatementSplitter.split(sql).stream().map(SqlStatement::text).toArray(String[]::new);
    }

    @Test
    void stringBehindLineFeedIsPlainForPsql() {
        assertThat(texts("SELECT E'a'\n'b\\'; SELECT 2;")).containsExactly("SELECT E'a'\n'b\\'", "SELECT 2");
        assertThat(texts("SELECT E'a' -- c\r'b\\';c'; SELECT 2;"))
                .containsExactly("SELECT E'a' -- c\r'b\\';c'", "SELECT 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1x$$; SELECT 2",
                "SELECT 1e5$$; SELECT 2",
                "SELECT a$$; SELECT 2",
                "SELECT n'x''; y'; SELECT 2",
                "SELECT U&\"x\"\"; y\"; SELECT 2",
                "SELECT U & 'x\\'; SELECT 2",
                "SELECT b'1''0;'; SELECT 2",
                "`SELECT 1+--; SELECT\n2; SELECT 2`",
                "SELECT 1+/*;*/2; SELECT 2",
                "SELECT $a$;$A$;$a$; SELECT 2",
                "SELECT é$x$; SELECT 2",
                "SELECT 1)); SELECT 2",
                "SELECT '${a;b}'; SELECT 2",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; SELECT 2",
                "CREATE FUNCTION f(a int[1:begin]) RETURNS int RETURN 1; SELECT 2",
            })
    void cutsInTwo(String sql) {
        assertThat(texts(sql)).hasSize(2).endsWith("SELECT 2");
    }

    @Test
    void givesTheLineOfTheFirstToken() {
        assertThat(StatementSplitter.split("\uFEFF-- one\r\n\r\nSELECT\r\n1;\r\n/* two */ SELECT 2"))
                .containsExactly(new SqlStatement("SELECT\r\n1", 3, 11), new SqlStatement("SELECT 2", 5, 33));
    }

    @Test
    void keepsHintsInFront() {
        assertThat(texts("/* a */ SELECT 1; /*+ SeqScan(t) */ -- b\nSELECT 2;"))
                .containsExactly("SELECT 1", "/*+ SeqScan(t) */ -- b\nSELECT 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'abc | found a string that is never closed, expected '",
                "E'abc\\' | found a string that is never closed, expected '",
                "\"abc | found a quoted name that is never closed, expected \"",
                "U&\"abc | found a quoted name that is never closed, expected \"",
                "$tag$ abc $TAG$ | found a dollar quote that is never closed, expected $tag$",
                "/* a /* b */ | found a comment that is never closed, expected */",
                "(; SELECT (2); | found '(' that is never closed, expected ')'",
                "\\d tickets | found a backslash, expected SQL: psql's own commands mean nothing here",
            })
    void refusesWhatIsNotWhole(String tail, String problem) {
        assertThatExceptionOfType(SqlSyntaxException.class)
                .isThrownBy(() -> StatementSplitter.split("SELECT 1;\nSELECT " + tail))
                .satisfies(e -> assertThat(e.line()).isEqualTo(2))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem))
                .satisfies(e -> assertThat(e.code()).isEqualTo("invalid_sql"));
    }

    @Test
    void refusesARoutineWithoutEnd() {
        assertThatExceptionOfType(SqlSyntaxException.class)
                .isThrownBy(() -> StatementSplitter.split("CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1;"))
                .withMessageContaining("line 1: found a routine whose BEGIN is never closed, expected END");
    }
}
