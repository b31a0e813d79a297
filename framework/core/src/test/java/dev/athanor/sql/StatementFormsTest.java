package dev.athanor.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the recognisers see in statements. */
class StatementFormsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UPDATE t SET a = 1 WHERE ${chunk} | UPDATE",
                "/* x */ delete from t where ${chunk} | DELETE",
                "INSERT INTO a SELECT * FROM t WHERE ${chunk} ON CONFLICT (id) DO UPDATE SET b = 1 | INSERT",
                "(SELECT 1) | SELECT",
                "VALUES (1) | SELECT",
                "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE | OTHER",
                "WITH b AS (SELECT id FROM t WHERE ${chunk} FOR UPDATE) UPDATE t SET a = 1 FROM b WHERE b.id = t.id | UPDATE",
                "WITH m AS (DELETE FROM t WHERE ${chunk} RETURNING *) INSERT INTO a SELECT * FROM m | DELETE",
                "WITH m AS (INSERT INTO a SELECT * FROM t WHERE ${chunk:t} RETURNING *) DELETE FROM t USING m | INSERT",
                "WITH b AS (SELECT 1 FROM t WHERE ${chunk}), u AS (UPDATE t SET a = 1) SELECT count(*) FROM u | UPDATE",
                "WITH b AS (SELECT 1) SELECT * FROM b | SELECT",
                "WITH RECURSIVE b(n) AS NOT MATERIALIZED (VALUES (1)) DELETE FROM t WHERE ${chunk} | DELETE",
                "WITH b AS (SELECT 1) MERGE INTO t USING b ON true WHEN MATCHED THEN DELETE | OTHER",
                "TRUNCATE t | OTHER",
                "'' | OTHER",
            })
    void kind(String sql, StatementKind expected) {
        assertThat(StatementKind.of(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UPDATE tickets SET a = 1, b = extract(epoch FROM c), d = f(1, 2) WHERE e = 1 | a,b,d",
                "UPDATE ONLY public.Tickets AS t SET a = 1, (b, \"C\") = (SELECT 1, 2), d[1] = 2 FROM x WHERE y = 1 | a,b,C,d",
                "UPDATE tickets * t SET (a) = ROW(1) RETURNING b | a",
                "UPDATE tickets SET a = b IS DISTINCT FROM c, id = 1 | a,id",
                "UPDATE tickets SET a = CASE WHEN x THEN ARRAY[1, 2] END, b = '1, c = 2' | a,b",
                "UPDATE support.tickets SET a = 1 |",
                "UPDATE other SET a = 1 FROM tickets WHERE ${chunk} |",
                "SELECT * FROM tickets FOR UPDATE OF tickets |",
                "WITH u AS (UPDATE tickets SET id = 1 WHERE ${chunk} RETURNING *) SELECT * FROM u | id",
                "INSERT INTO tickets AS t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2, b = 3 WHERE true | id,b",
                "MERGE INTO tickets USING s ON true WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN DO NOTHING | a",
                "DELETE FROM tickets |",
            })
    void columnsSet(String sql, String expected) {
        assertThat(String.join(",", KeyChange.columnsSet(sql, QualifiedName.parse("public.tickets"))))
                .isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CREATE INDEX CONCURRENTLY ix ON tickets (a) | \"ix\" | \"tickets\"",
                "create unique index concurrently if not exists \"Ix\" on only s.\"T\" using btree (a) | \"s\".\"Ix\" | \"s\".\"T\"",
                "`/* why */ CREATE INDEX -- so\n CONCURRENTLY on_it ON t (a)` | \"on_it\" | \"t\"",
                "CREATE INDEX CONCURRENTLY ix ON \"tick\"\"ets; drop\" (a) | \"ix\" | \"tick\"\"ets; drop\"",
            })
    void concurrentIndex(String sql, String index, String table) {
        ConcurrentIndex found = ConcurrentIndex.of(sql).orElseThrow();
        assertThat(found.qualifiedName().quoted()).isEqualTo(index);
        assertThat(found.table().quoted()).isEqualTo(table);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX ix ON t (a)",
                "CREATE INDEX CONCURRENTLY ON t (a)",
                "DROP INDEX CONCURRENTLY ix",
                "SELECT 'CREATE INDEX CONCURRENTLY ix ON t (a)'",
                ""
            })
    void noConcurrentIndex(String sql) {
        assertThat(ConcurrentIndex.of(sql)).isEmpty();
    }
}
