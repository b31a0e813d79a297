package dev.athanor.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of statements, and the locks that the manual gives for them. */
class StatementLocksTest {

    private static String locks(String sql) {
        return StatementLocks.of(sql).locks().stream()
                .map(lock -> lock.target() + " " + lock.name().quoted().replace("\"", "")
                        + (lock.detail() == null ? "" : "/" + lock.detail()) + " " + lock.mode())
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ALTER TABLE ONLY a ADD b int                              | TABLE a ACCESS_EXCLUSIVE
            ALTER TABLE a * ADD b int                                 | TREE a ACCESS_EXCLUSIVE
            ALTER TABLE a ALTER b SET STATISTICS 100                  | TREE a SHARE_UPDATE_EXCLUSIVE
            ALTER TABLE a ALTER b SET (n_distinct = 5)                | TREE a SHARE_UPDATE_EXCLUSIVE
            ALTER TABLE a ALTER b SET STORAGE MAIN                    | TREE a ACCESS_EXCLUSIVE
            ALTER TABLE a ALTER b SET DATA TYPE text                  | TREE a ACCESS_EXCLUSIVE; KEYS_OF_COLUMN a/b ACCESS_EXCLUSIVE
            ALTER TABLE a ALTER b SET STATISTICS 1, ALTER c SET NOT NULL | TREE a ACCESS_EXCLUSIVE
            ALTER TABLE a SET (fillfactor = 70, toast.autovacuum_enabled = off) | TABLE a SHARE_UPDATE_EXCLUSIVE
            ALTER TABLE a RESET (user_catalog_table)                  | TABLE a ACCESS_EXCLUSIVE
            ALTER TABLE a CLUSTER ON i                                | TABLE a SHARE_UPDATE_EXCLUSIVE
            ALTER TABLE a INHERIT p                                   | TABLE a ACCESS_EXCLUSIVE; TABLE p SHARE_UPDATE_EXCLUSIVE
            ALTER TABLE a NO INHERIT p                                | TABLE a ACCESS_EXCLUSIVE; TABLE p ACCESS_SHARE
            ALTER TABLE a REPLICA IDENTITY FULL                       | TABLE a ACCESS_EXCLUSIVE
            ALTER TABLE a DISABLE TRIGGER ALL                         | TREE a SHARE_ROW_EXCLUSIVE
            ALTER TABLE a ENABLE REPLICA RULE r                       | TABLE a ACCESS_EXCLUSIVE
            ALTER TABLE a ENABLE ROW LEVEL SECURITY                   | TABLE a ACCESS_EXCLUSIVE
            ALTER TABLE a DROP CONSTRAINT IF EXISTS c                 | TREE a ACCESS_EXCLUSIVE; REFERENCED a/c ACCESS_EXCLUSIVE
            ALTER TABLE a VALIDATE CONSTRAINT c                       | TREE a SHARE_UPDATE_EXCLUSIVE; REFERENCED a/c ROW_SHARE
            ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES s.b (y), ADD z int REFERENCES c | TREE a ACCESS_EXCLUSIVE; TREE s.b SHARE_ROW_EXCLUSIVE; TREE c SHARE_ROW_EXCLUSIVE
            ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES a            | TREE a SHARE_ROW_EXCLUSIVE
            ALTER TABLE a DETACH PARTITION p CONCURRENTLY             | TABLE a SHARE_UPDATE_EXCLUSIVE; TREE p ACCESS_EXCLUSIVE; REFERENCED a SHARE_ROW_EXCLUSIVE
            ALTER VIEW v RENAME TO w                                  | TABLE v ACCESS_EXCLUSIVE
            ALTER MATERIALIZED VIEW m CLUSTER ON i                    | TABLE m SHARE_UPDATE_EXCLUSIVE
            ALTER INDEX IF EXISTS i RENAME TO j                       | INDEX i SHARE_UPDATE_EXCLUSIVE
            ALTER INDEX i SET TABLESPACE t                            | INDEX i ACCESS_EXCLUSIVE
            ALTER INDEX i SET (fillfactor = 50)                       | INDEX i SHARE_UPDATE_EXCLUSIVE
            ALTER SEQUENCE s RESTART                                  | TABLE s SHARE_ROW_EXCLUSIVE
            ALTER SEQUENCE s OWNED BY a.b                             | TABLE s SHARE_ROW_EXCLUSIVE
            ALTER SEQUENCE s OWNER TO me                              | TABLE s ACCESS_EXCLUSIVE
            ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID |
            ALTER DOMAIN d VALIDATE CONSTRAINT c                      | TABLES_OF_DOMAIN d SHARE
            ALTER TRIGGER t ON a RENAME TO u                          | TREE a ACCESS_EXCLUSIVE
            CREATE TABLE a (LIKE b, c int REFERENCES d, e int REFERENCES a) | TREE d SHARE_ROW_EXCLUSIVE; TABLE b ACCESS_SHARE
            CREATE TABLE a () INHERITS (b, s.c)                       | TABLE b SHARE_UPDATE_EXCLUSIVE; TABLE s.c SHARE_UPDATE_EXCLUSIVE
            CREATE TABLE a AS SELECT * FROM b                         | TREE b ACCESS_SHARE
            CREATE UNIQUE INDEX ON ONLY a (b)                         | TABLE a SHARE
            CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (b)        | TREE a SHARE_UPDATE_EXCLUSIVE
            CREATE OR REPLACE VIEW v (x) AS SELECT y FROM a           | TABLE v ACCESS_EXCLUSIVE; TREE a ACCESS_SHARE
            CREATE CONSTRAINT TRIGGER t AFTER UPDATE OF x ON a FOR EACH ROW EXECUTE FUNCTION f() | TREE a SHARE_ROW_EXCLUSIVE
            CREATE RULE r AS ON UPDATE TO a DO NOTHING                | TABLE a ACCESS_EXCLUSIVE
            CREATE POLICY p ON a USING (true)                         | TABLE a ACCESS_EXCLUSIVE
            CREATE STATISTICS s ON x, y FROM a                        | TABLE a SHARE_UPDATE_EXCLUSIVE
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM a' |
            DROP TABLE a                                              | TREE a ACCESS_EXCLUSIVE; PARENT a ACCESS_EXCLUSIVE; REFERENCED a ACCESS_EXCLUSIVE
            DROP INDEX CONCURRENTLY IF EXISTS s.i                     | TABLE_OF_INDEX s.i SHARE_UPDATE_EXCLUSIVE
            DROP TRIGGER IF EXISTS t ON a                             | TREE a ACCESS_EXCLUSIVE
            DROP FUNCTION f(int)                                      |
            TRUNCATE ONLY a, b RESTART IDENTITY CASCADE               | TABLE a ACCESS_EXCLUSIVE; TREE b ACCESS_EXCLUSIVE; REFERENCING a ACCESS_EXCLUSIVE; REFERENCING b ACCESS_EXCLUSIVE
            LOCK TABLE a, ONLY b IN SHARE ROW EXCLUSIVE MODE NOWAIT   | TREE a SHARE_ROW_EXCLUSIVE; TABLE b SHARE_ROW_EXCLUSIVE
            LOCK a                                                    | TREE a ACCESS_EXCLUSIVE
            VACUUM (FULL, ANALYZE) a                                  | TREE a ACCESS_EXCLUSIVE
            VACUUM (FULL false) a (x, y), b                           | TREE a SHARE_UPDATE_EXCLUSIVE; TREE b SHARE_UPDATE_EXCLUSIVE
            VACUUM FULL VERBOSE a                                     | TREE a ACCESS_EXCLUSIVE
            ANALYZE VERBOSE a                                         | TREE a SHARE_UPDATE_EXCLUSIVE
            CLUSTER a USING i                                         | TREE a ACCESS_EXCLUSIVE
            REINDEX INDEX CONCURRENTLY i                              | TABLE_OF_INDEX i SHARE_UPDATE_EXCLUSIVE; INDEX i SHARE_UPDATE_EXCLUSIVE
            REINDEX (VERBOSE) TABLE a                                 | TREE a SHARE
            REFRESH MATERIALIZED VIEW CONCURRENTLY s.m                | TABLE s.m EXCLUSIVE
            REFRESH MATERIALIZED VIEW m                               | TABLE m ACCESS_EXCLUSIVE
            COMMENT ON COLUMN s.a.b IS 'x'                            | TABLE s.a SHARE_UPDATE_EXCLUSIVE
            COMMENT ON CONSTRAINT c ON a IS 'x'                       | TABLE a ACCESS_SHARE
            COMMENT ON FUNCTION f() IS 'x'                            |
            COPY a (b) FROM STDIN                                     | TREE a ROW_EXCLUSIVE
            COPY (SELECT * FROM a) TO STDOUT                          | TREE a ACCESS_SHARE
            SET LOCAL search_path = x                                 |
            GRANT SELECT ON a TO b                                    |
            EXPLAIN (ANALYZE) DELETE FROM a                           | TREE a ROW_EXCLUSIVE
            PREPARE p (int) AS UPDATE a SET b = $1                    | TREE a ROW_EXCLUSIVE
            """)
    void of_schema_statements(String sql, String expected) {
        assertThat(locks(sql)).as(sql).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT * FROM a, ONLY s.b x JOIN c USING (id), LATERAL (SELECT * FROM d) q, f(1) | TREE a ACCESS_SHARE; TREE s.b ACCESS_SHARE; TREE c ACCESS_SHARE; TREE d ACCESS_SHARE
            SELECT extract(epoch FROM t), x IS DISTINCT FROM y FROM a WHERE z IN (SELECT 1 FROM b) | TREE a ACCESS_SHARE; TREE b ACCESS_SHARE
            SELECT 1 FROM (a JOIN b ON true), generate_series(1, 2) s (n) | TREE a ACCESS_SHARE; TREE b ACCESS_SHARE
            SELECT 1 FROM a WHERE x > 1, b                            | TREE a ACCESS_SHARE
            SELECT * FROM a FOR UPDATE SKIP LOCKED                    | TREE a ROW_SHARE
            SELECT * FROM a x, b FOR NO KEY UPDATE OF x               | TREE a ROW_SHARE; TREE b ACCESS_SHARE
            SELECT * FROM (SELECT * FROM a) q WHERE EXISTS (SELECT 1 FROM b) FOR SHARE | TREE a ROW_SHARE; TREE b ACCESS_SHARE
            UPDATE ONLY a SET x = b.x FROM b WHERE a.id = b.id        | TABLE a ROW_EXCLUSIVE; TREE b ACCESS_SHARE
            UPDATE a AS t SET x = 1 WHERE id IN (SELECT id FROM a FOR UPDATE) | TREE a ROW_EXCLUSIVE
            DELETE FROM a USING b JOIN c USING (id) WHERE true        | TREE a ROW_EXCLUSIVE; TREE b ACCESS_SHARE; TREE c ACCESS_SHARE
            INSERT INTO s.a (x) SELECT y FROM b ON CONFLICT (x) DO UPDATE SET y = 1 | TREE s.a ROW_EXCLUSIVE; TREE b ACCESS_SHARE
            WITH q AS (DELETE FROM a RETURNING *), r (x) AS MATERIALIZED (SELECT 1 FROM q) INSERT INTO b SELECT * FROM r | TREE a ROW_EXCLUSIVE; TREE b ROW_EXCLUSIVE
            MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN UPDATE SET x = 1 WHEN NOT MATCHED THEN INSERT VALUES (1) | TREE a ROW_EXCLUSIVE; TREE b ACCESS_SHARE
            SELECT 1 FROM a JOIN b ON x = ARRAY[1, y], c              | TREE a ACCESS_SHARE; TREE b ACCESS_SHARE; TREE c ACCESS_SHARE
            TABLE a                                                   | TREE a ACCESS_SHARE
            """)
    void of_statements_on_rows(String sql, String expected) {
        assertThat(locks(sql)).as(sql).isEqualTo(expected);
        assertThat(StatementLocks.of(sql).unknown()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN DROP TABLE a; END $$",
                "CALL tidy()",
                "SELECT tidy()",
                "SELECT \"Tidy\"(1)",
                "EXECUTE p",
                "VACUUM",
                "ANALYZE",
                "CLUSTER",
                "REINDEX DATABASE d",
                "DROP SCHEMA s CASCADE",
                "DROP EXTENSION e",
                "CREATE EXTENSION e",
                "ALTER EXTENSION e UPDATE",
                "ALTER TABLE a SOMETHING NEW",
                "ALTER TABLE ALL IN TABLESPACE t SET TABLESPACE u",
                "ALTER TYPE t ADD ATTRIBUTE x int",
                "REASSIGN OWNED BY a TO b",
                "REPACK a",
                "something else"
            })
    void says_so_when_it_does_not_know(String sql) {
        assertThat(StatementLocks.of(sql).unknown()).isNotBlank();
    }

    @Test
    void hostile_names_are_read_as_they_are() {
        assertThat(StatementLocks.of("TRUNCATE \"tick\"\"ets; drop\".\"A b\"").locks())
                .containsExactly(new TableLock(
                        LockTarget.TREE, new QualifiedName("tick\"ets; drop", "A b"), null, LockMode.ACCESS_EXCLUSIVE));
    }

    @Test
    void tells_what_is_made() {
        assertThat(StatementLocks.of("CREATE TABLE IF NOT EXISTS s.a (x int)").created())
                .containsExactly(new QualifiedName("s", "a"));
        assertThat(StatementLocks.of("ALTER TABLE s.a RENAME TO b").created())
                .containsExactly(new QualifiedName("s", "b"));
        assertThat(StatementLocks.of("ALTER TABLE a SET SCHEMA t").created())
                .containsExactly(new QualifiedName("t", "a"));
        assertThat(StatementLocks.of("SELECT 1 AS x INTO TEMP TABLE a").created())
                .containsExactly(new QualifiedName(null, "a"));
        assertThat(StatementLocks.of("ALTER TABLE a RENAME b TO c").created()).isEmpty();
        assertThat(StatementLocks.of("INSERT INTO a VALUES (1)").created()).isEmpty();
    }

    @Test
    void modes_conflict_as_the_manual_says() {
        assertThat(LockMode.ACCESS_SHARE.conflictsWith(LockMode.EXCLUSIVE)).isFalse();
        assertThat(LockMode.SHARE.conflictsWith(LockMode.SHARE)).isFalse();
        assertThat(LockMode.SHARE.conflictsWith(LockMode.ROW_EXCLUSIVE)).isTrue();
        assertThat(LockMode.SHARE_UPDATE_EXCLUSIVE.conflictsWith(LockMode.ROW_EXCLUSIVE))
                .isFalse();
        assertThat(LockMode.SHARE_UPDATE_EXCLUSIVE.conflictsWith(LockMode.SHARE_UPDATE_EXCLUSIVE))
                .isTrue();
        assertThat(LockMode.EXCLUSIVE.conflictsWith(LockMode.ROW_SHARE)).isTrue();
        for (LockMode one : LockMode.values()) {
            assertThat(one.conflictsWith(LockMode.ACCESS_EXCLUSIVE)).isTrue();
            for (LockMode other : LockMode.values()) {
                assertThat(one.conflictsWith(other)).isEqualTo(other.conflictsWith(one));
            }
        }
        assertThat(LockMode.ACCESS_EXCLUSIVE.sql()).isEqualTo("ACCESS EXCLUSIVE");
        assertThat(LockMode.SHARE.or(LockMode.ROW_SHARE)).isEqualTo(LockMode.SHARE);
    }
}
