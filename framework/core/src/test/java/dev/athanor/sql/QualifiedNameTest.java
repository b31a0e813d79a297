package dev.athanor.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QualifiedNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tickets | \"tickets\"",
                "Support.Tickets | \"support\".\"tickets\"",
                "\"Support\".\"Tick\"\"ets\" | \"Support\".\"Tick\"\"ets\"",
                "\"a.b\" | \"a.b\"",
                "x$y.ÄB | \"x$y\".\"Äb\"",
                "\"tick\"\"ets; drop\" | \"tick\"\"ets; drop\""
            })
    void readsNamesAsSqlDoes(String written, String quoted) {
        assertThat(QualifiedName.parse(written).quoted()).isEqualTo(quoted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "a.", ".a", "a.b.c", "a b", "1a", "\"\"", "\"a", "a\"b\"", "a;b", "a-b", "\"a\"b", "a."
            })
    void refusesWhatIsNoName(String written) {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> QualifiedName.parse(written))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
                .satisfies(e -> assertThat(e.code()).isEqualTo("invalid_name"))
                .withMessageContaining("'" + written + "'");
    }

    @Test
    void decodesUnicodeEscapes() {
        assertThat(Identifiers.fold("U&\"d\\0061t\\+000061\\\\;\"\"\"")).isEqualTo("data\\;\"");
    }
}
