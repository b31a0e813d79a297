package dev.athanor.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickStatementTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE a ADD COLUMN b int DEFAULT 0 NOT NULL",
                "ALTER TABLE a DROP COLUMN b, RENAME TO c",
                "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID",
                "ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b NOT VALID",
                "ALTER TABLE a ADD CONSTRAINT c UNIQUE USING INDEX \"ix; validate\"",
                "ALTER TABLE a ALTER COLUMN x DROP NOT NULL",
                "CREATE TABLE c (a int REFERENCES b)",
                "CREATE OR REPLACE VIEW v AS SELECT * FROM a",
                "CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f()",
                "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'validate'",
                "DROP TABLE a, b",
                "TRUNCATE a",
                "GRANT SELECT ON a TO b",
                "COMMENT ON TABLE a IS 'x'"
            })
    void onlyTheCatalogue(String sql) {
        assertThat(QuickStatement.is(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE a VALIDATE CONSTRAINT c",
                "ALTER TABLE a ALTER COLUMN b SET NOT NULL",
                "ALTER TABLE a ALTER b TYPE bigint",
                "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0)",
                "ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b",
                "ALTER TABLE a ADD PRIMARY KEY (x)",
                "ALTER TABLE a ADD COLUMN b uuid DEFAULT gen_random_uuid()",
                "ALTER TABLE a ATTACH PARTITION b DEFAULT",
                "ALTER TABLE a SET UNLOGGED",
                "CREATE INDEX i ON a (b)",
                "CREATE TABLE a AS SELECT 1",
                "CREATE MATERIALIZED VIEW m AS SELECT 1",
                "CREATE TABLE c PARTITION OF a DEFAULT",
                "UPDATE a SET b = 1",
                "SELECT f()",
                "DO 'BEGIN END'",
                "COPY a FROM stdin",
                "REFRESH MATERIALIZED VIEW m",
                "SOMETHING new"
            })
    void perhapsTheRows(String sql) {
        assertThat(QuickStatement.is(sql)).isFalse();
    }
}
