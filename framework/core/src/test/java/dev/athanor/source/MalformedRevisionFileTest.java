package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedRevisionFileTest {

    private static List<String> faults(String text) {
        Faults faults = new Faults("a.sql");
        RevisionFileReader.read(text, faults);
        return faults.inOrder().stream().map(Fault::toString).toList();
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                arguments("", 1, "found no revision, expected a line '-- athanor:revision ID' at the head of the file"),
                arguments("SELECT 1;", 1, "found SQL in front of the first section"),
                arguments("-- athanor:revision", 1, "found no id, expected one of letters, digits"),
                arguments(
                        "-- athanor:revision a b",
                        1,
                        "found 'a b', expected an id of letters, digits, and any of _ . -"),
                arguments("-- athanor:revision a@b", 1, "found 'a@b', expected an id"),
                arguments(
                        "-- athanor:revision head",
                        1,
                        "found 'head', expected an id of letters, digits, and any of _ . -, other than"),
                arguments(
                        "-- athanor:revision a\n-- athanor:revision b",
                        2,
                        "found 'revision' again, expected it once: it stands in line 1"),
                arguments("-- athanor:revision a\n-- athanor:revises b c", 2, "found 'b c', expected an id"),
                arguments("-- athanor:revision a\n-- athanor:revises b,", 2, "found no id"),
                arguments("-- athanor:revision a\n-- athanor:revises b, b", 2, "found 'b' twice, expected it once"),
                arguments(
                        "-- athanor:revision a\n-- athanor:created yesterday",
                        2,
                        "found 'yesterday', expected a time with its zone such as"),
                arguments(
                        "-- athanor:revision a\n-- athanor:created 2025-02-30T00:00:00Z",
                        2,
                        "found '2025-02-30T00:00:00Z', expected a time"),
                arguments(
                        "-- athanor:revision a\n-- athanor:after expand",
                        2,
                        "found 'after expand', expected 'after contract'"),
                arguments("-- athanor:revision a\n-- athanor:irreversible", 2, "found no reason, expected why"),
                arguments(
                        "-- athanor:revision a\n\n-- athanor:revices b",
                        3,
                        "found 'revices', expected a directive: one of revision, revises,"),
                arguments("-- athanor:revision a\n-- athanor:revices b", 2, "; did you mean 'revises'?"),
                arguments("-- athanor:revision a\n-- athanor: expand", 2, "found '', expected a directive"),
                arguments(
                        "-- athanor:revision a\n--athanor:expand",
                        2,
                        "found '--athanor:expand', expected a directive to begin with '-- athanor:' exactly"),
                arguments("-- athanor:revision a\n-- Athanor :expand", 2, "expected a directive to begin with"),
                arguments("-- athanor:revision a\n-- athanor:allow LK1 x", 2, "found 'allow' outside a section"),
                arguments(
                        "-- athanor:revision a\nSELECT 1;\nSELECT 2;",
                        2,
                        "found SQL in front of the first section, expected a directive such as"),
                arguments(
                        "-- athanor:revision a\n-- athanor:expand\nSELECT 1;\n-- athanor:message m",
                        4,
                        "found 'message' behind the first section, expected it at the head"),
                arguments("-- athanor:revision a\n-- athanor:expand\nSELECT '\0';", 3, "found a NUL character"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void namesFaultsOfTheHeader(String text, int line, String message) {
        assertThat(faults(text))
                .anySatisfy(fault ->
                        assertThat(fault).startsWith("a.sql:" + line + ": ").contains(message));
    }

    /** The fault of a file whose one section begins in line 2; its directive and text stand here, ¶ is a line end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "expand | 2: found an empty section 'expand', expected SQL",
                "expand¶-- nothing¶; | 2: found an empty section 'expand', expected SQL",
                "expand¶SELECT ${chunk}; | 3: found ${chunk}, expected it in backfill sections only",
                "expand¶SELECT ${a b}; | 3: found '${a b}', expected a placeholder ${name}; a literal ${ is written $${ in a string",
                "expand¶SELECT¶'a; | 4: found a string that is never closed, expected '",
                "expand¶SELECT 1¶/* a; | 4: found a comment that is never closed, expected */",
                "expand¶DO $$ a; | 3: found a dollar quote that is never closed, expected $$",
                "expand¶SELECT (1;¶SELECT 2; | 3: found '(' that is never closed, expected ')'",
                "expand¶SELECT 1;¶\\d tickets | 4: found a backslash, expected SQL: psql's own commands mean nothing here",
                "expand¶SELECT 1;¶COMMIT; | 4: found COMMIT, expected no transaction control",
                "expand¶start transaction; | 3: found START TRANSACTION, expected no transaction control",
                "contract¶SAVEPOINT a; | 3: found SAVEPOINT, expected no transaction control",
                "undo expand¶ROLLBACK; | 3: found ROLLBACK, expected no transaction control",
                "undo¶SELECT 1; | 2: found 'undo ', expected undo expand, undo backfill or undo contract",
                "undo expnd¶SELECT 1; | 2: found 'undo expnd', expected undo expand, undo backfill or undo contract; did you mean 'expand'?",
                "expand¶SELECT 1; -- athanor:contract | 3: found '-- athanor:contract' behind SQL, expected it on a line of its own",
                "expand¶SELECT 1;¶-- athanor:allow | 4: found 'allow' without a rule, expected allow RULE reason",
                "expand lock-timout=2s¶SELECT 1; | 2: found option 'lock-timout' of 'expand', expected one of transaction, lock-timeout, statement-timeout, retries, execute; did you mean 'lock-timeout'?",
                "undo expand table=t¶SELECT 1; | 2: found option 'table' of 'undo expand', expected one of transaction,",
                "expand retries¶SELECT 1; | 2: found 'retries' without a value, expected retries=value",
                "expand retries=¶SELECT 1; | 2: found 'retries' without a value, expected retries=value",
                "expand retries=1 retries=2¶SELECT 1; | 2: found option 'retries' again, expected it once",
                "expand retries=-1¶SELECT 1; | 2: found 'retries=-1', expected a whole number from 0",
                "expand transaction=off¶SELECT 1; | 2: found 'transaction=off', expected transaction=none",
                "expand lock-timeout='2s¶SELECT 1; | 2: found a value in quotes that are never closed",
                "backfill¶UPDATE t SET a = 1 WHERE ${chunk} | 2: found no table, expected table=NAME",
                "backfill table=a.b.c¶UPDATE t SET a = 1 WHERE ${chunk} | 2: found 'table=a.b.c', expected a table's name as in SQL",
                "backfill table=${s}.t¶UPDATE t SET a = 1 WHERE ${chunk} | 2: found 'table=${s}.t', expected a value without ${…}",
                "backfill table=t key=a,a¶UPDATE t SET a = 1 WHERE ${chunk} | 2: found 'key=a,a', expected different columns separated by commas",
                "backfill table=t where=a;b¶UPDATE t SET a = 1 WHERE ${chunk} | 2: found 'where=a;b', expected one whole condition",
                "backfill table=t where=a)or(b¶UPDATE t SET a = 1 WHERE ${chunk} | 2: found 'where=a)or(b', expected one whole condition",
                "backfill table=t workers=0¶UPDATE t SET a = 1 WHERE ${chunk} | 2: found 'workers=0', expected a whole number from 1 to 1000",
                "backfill table=t name='a b'¶UPDATE t SET a = 1 WHERE ${chunk} | 2: found 'name='a b'', expected a name without blanks",
                "backfill table=t¶UPDATE t SET a = 1 | 3: found no ${chunk}, expected it once: the key range goes there",
                "backfill table=t¶UPDATE t SET a = 1¶WHERE ${chunk}¶OR ${chunk:t} | 5: found ${chunk:t} again, expected it once",
                "backfill table=t¶UPDATE t SET a = '${chunk}' | 3: found ${chunk} inside a literal, expected it as a condition",
                "backfill table=t¶UPDATE t SET a = 1 WHERE ${chunk};¶DELETE FROM t; | 4: found 2 statements, expected one in a section 'backfill'",
                "backfill table=t¶TRUNCATE t; | 3: found 'TRUNCATE', expected one UPDATE, DELETE, INSERT … SELECT, or WITH around them",
                "backfill table=t¶WITH a AS (SELECT 1) SELECT * FROM a WHERE ${chunk} | 3: found 'WITH', expected one UPDATE",
                "verify¶SELECT 1;¶SELECT 2; | 4: found 2 statements, expected one in a section 'verify'",
                "verify¶DELETE FROM t; | 3: found 'DELETE', expected one query that returns the number of rows still wrong",
                "verify name=a¶SELECT 1;¶-- athanor:verify name=a¶SELECT 1; | 4: found name 'a' again, expected another: the section in line 2 is called so",
            })
    void namesFaultsOfSections(String section, String expected) {
        List<String> faults = faults("-- athanor:revision a\n-- athanor:" + section.replace("¶", "\n"));
        assertThat(faults).anySatisfy(fault -> assertThat(fault).startsWith("a.sql:" + expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "0s", "2 s", "-1s", "1d", "PT0S", "99999999h", "ms", "P1Y", "0.5s"})
    void refusesDurations(String value) {
        assertThat(faults("-- athanor:revision a\n-- athanor:expand lock-timeout='" + value + "'\nSELECT 1;"))
                .containsExactly("a.sql:2: found 'lock-timeout='" + value
                        + "'', expected a duration from 1ms to 24 days such as 250ms, 2s, 5m, 1h or PT2S");
    }

    @Test
    void givesAllFaultsOfAFileInOrder() {
        String text = """
                -- athanor:revision a@b
                -- athanor:expand retries=x lock-timeout=y
                COMMIT;
                -- athanor:verify
                -- athanor:backfill table=t
                UPDATE t SET a = 1;
                """;
        assertThat(faults(text))
                .extracting(fault -> fault.substring(0, 7))
                .containsExactly("a.sql:1", "a.sql:2", "a.sql:2", "a.sql:3", "a.sql:4", "a.sql:6");
    }
}
