package dev.athanor.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    private static final Map<String, String> VALUES = Map.of("a", "1", "schema", "support", "re", "${a}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT ${a} | SELECT 1",
                "SELECT * FROM ${schema}.t_${a}_x | SELECT * FROM support.t_1_x",
                "SELECT '${a}', E'\\'${a}', \"${a}\", $x$ ${a} $x$ | SELECT '1', E'\\'1', \"1\", $x$ 1 $x$",
                "SELECT '$${a} ${a}' | SELECT '${a} 1'",
                "SELECT $${\"a\": 1}$$ | SELECT $${\"a\": 1}$$",
                "SELECT $$${a}$$ | SELECT $$1$$",
                "DO $$ x $${a} y $$ | DO $$ x ${a} y $$",
                "DO $b$ x $b${a} $b$ | DO $b$ x $b1 $b$",
                "`SELECT 1 -- ${b}\n/* ${b} */` | `SELECT 1 -- ${b}\n/* ${b} */`",
                "SELECT ${re} | SELECT ${a}",
                "SELECT 1 WHERE ${chunk} AND ${chunk:T} | SELECT 1 WHERE ${chunk} AND ${chunk:T}",
            })
    void replaces(String sql, String expected) {
        Placeholders placeholders = Placeholders.of(sql);
        assertThat(placeholders.unset(VALUES)).isEmpty();
        assertThat(placeholders.replace(VALUES)).isEqualTo(expected);
    }

    @Test
    void collectsWhatIsUnsetWithItsLine() {
        assertThat(Placeholders.of("SELECT ${x},\n'${y}', ${a},\n${x}").unset(VALUES))
                .extracting(p -> p.name() + ":" + p.line())
                .containsExactly("x:1", "y:2", "x:3");
    }

    @Test
    void knowsChunks() {
        assertThat(Placeholders.of("a ${chunk} ${chunk:T} ${chunk:\"T\"} '${chunk}'")
                        .chunks())
                .extracting(p -> p.alias() + " " + p.inLiteral())
                .containsExactly("null false", "T false", "\"T\" false", "null true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${}",
                "${1a}",
                "${a b}",
                "${a",
                "'${a'",
                "'${'",
                "${chunk:}",
                "${chunk:a b}",
                "${chunk:1}",
                "${.a}",
                "${a\n}"
            })
    void findsMalformedOnes(String sql) {
        assertThat(Placeholders.of(sql).all()).hasSize(1).noneMatch(Placeholder::isValid);
        assertThat(Placeholders.of(sql).replace(VALUES)).isEqualTo(sql);
    }

    @Test
    void replacesPartsAroundAChunk() {
        String sql = "UPDATE ${schema}.t SET a = '$${x}' WHERE ${chunk} AND b = ${a}";
        Placeholders placeholders = Placeholders.of(sql);
        Placeholder chunk = placeholders.chunks().get(0);
        assertThat(placeholders.replace(VALUES, 0, chunk.start())).isEqualTo("UPDATE support.t SET a = '${x}' WHERE ");
        assertThat(placeholders.replace(VALUES, chunk.end(), sql.length())).isEqualTo(" AND b = 1");
    }
}
