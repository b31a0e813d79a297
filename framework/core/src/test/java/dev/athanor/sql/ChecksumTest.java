package dev.athanor.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {
    private static final String SQL = "UPDATE t_${x} SET a = 'b\nc' WHERE d >= 1; SELECT 2;";

    private static String sum(String sql) {
        return new Checksum().sql(sql).value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE  t_${x}\r\n SET a='b\r\nc' WHERE d>=1 ;; -- ;\n SELECT/**/2",
                "/* why */ UPDATE t_${x} SET a = 'b\nc' WHERE d >= 1; SELECT 2;"
            })
    void layoutDoesNotCount(String same) {
        assertThat(sum(same)).isEqualTo(sum(SQL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t_ ${x} SET a = 'b\nc' WHERE d >= 1; SELECT 2;",
                "UPDATE t_${y} SET a = 'b\nc' WHERE d >= 1; SELECT 2;",
                "UPDATE t_${x} SET a = 'b c' WHERE d >= 1; SELECT 2;",
                "UPDATE t_${x} SET a = 'b\nc' WHERE d > = 1; SELECT 2;",
                "UPDATE t_${x} SET a = 'b\nc' WHERE d >= 1 SELECT 2;",
                "SELECT 2; UPDATE t_${x} SET a = 'b\nc' WHERE d >= 1;"
            })
    void tokensCount(String other) {
        assertThat(sum(other)).isNotEqualTo(sum(SQL));
    }

    /** The recipe is a promise: a sum in a ledger must be found again by every later release. */
    @Test
    void recipeStays() {
        assertThat(new Checksum().fact("expand").sql("SELECT 1").value())
                .isEqualTo("v1:1f829f1155e6703f44a1f43a123ceea6efdd0eeee7543f0f7ad66d3a27169797");
    }

    @ParameterizedTest
    @CsvSource({"ab, c, a, bc", "a, bc, ab, c"})
    void factsDoNotRunTogether(String a, String b, String c, String d) {
        assertThat(new Checksum().fact(a).fact(b).value())
                .isNotEqualTo(new Checksum().fact(c).fact(d).value());
    }
}
