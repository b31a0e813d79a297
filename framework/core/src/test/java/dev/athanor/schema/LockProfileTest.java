package dev.athanor.schema;

import static dev.athanor.schema.LockProfile.BLOCKING;
import static dev.athanor.schema.LockProfile.CONCURRENT;
import static dev.athanor.schema.LockProfile.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockProfileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE \"tick\"\"ets; drop\" ADD COLUMN concurrently_ int",
                "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID",
                "ALTER TABLE a ATTACH PARTITION b FOR VALUES IN (1)",
                "ALTER TABLE a VALIDATE CONSTRAINT c, DROP COLUMN d",
                "CREATE INDEX i ON a (x)",
                "REINDEX (CONCURRENTLY off) TABLE a",
                "CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f()",
                "DROP TABLE a",
                "DROP INDEX i",
                "REFRESH MATERIALIZED VIEW m",
                "VACUUM FULL a",
                "UPDATE a SET x = 1",
                "SELECT f()",
                "DO $$ BEGIN ALTER TABLE a ADD x int; END $$",
                "CALL p()",
                "SOMETHING that nobody knows",
                "CREATE FUNCTION f() RETURNS int RETURN 1"
            })
    void whatBlocksOrCannotBeReadWaitsShortly(String sql) {
        assertThat(LockProfile.of(sql)).isEqualTo(BLOCKING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE a VALIDATE CONSTRAINT \"tick\"\"ets; drop\"",
                "ALTER TABLE a ALTER COLUMN x SET STATISTICS 500",
                "ANALYZE a",
                "VACUUM a",
                "COMMENT ON TABLE a IS 'x'",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY m"
            })
    void whatHoldsNobodyUpWaitsLonger(String sql) {
        assertThat(LockProfile.of(sql)).isEqualTo(QUIET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE UNIQUE INDEX CONCURRENTLY i ON a (x)",
                "create index concurrently on a (x)",
                "DROP INDEX CONCURRENTLY i",
                "REINDEX INDEX CONCURRENTLY i",
                "REINDEX (VERBOSE, CONCURRENTLY) TABLE a",
                "REINDEX SCHEMA CONCURRENTLY s",
                "ALTER TABLE a DETACH PARTITION b CONCURRENTLY"
            })
    void whatIsDoneConcurrentlyWaitsForTransactions(String sql) {
        assertThat(LockProfile.of(sql)).isEqualTo(CONCURRENT);
    }

    @Test
    void inATransactionTheStrictestHolds() {
        String validate = "ALTER TABLE a VALIDATE CONSTRAINT c";
        assertThat(LockProfile.of(List.of("SET search_path = s", validate, validate)))
                .isEqualTo(QUIET);
        assertThat(LockProfile.of(List.of(validate, "ALTER TABLE b ADD x int"))).isEqualTo(BLOCKING);
        assertThat(LockProfile.of(List.of("SELECT 1"))).isEqualTo(BLOCKING);
        assertThat(LockProfile.of(List.of())).isEqualTo(BLOCKING);
    }

    @Test
    void noWaitIsWithoutEnd() {
        assertThat(LockProfile.values())
                .allSatisfy(profile ->
                        assertThat(profile.lockTimeout()).isPositive().isLessThanOrEqualTo(LockProfile.LONGEST_WAIT));
        assertThat(BLOCKING.lockTimeout(Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(300));
        assertThat(QUIET.lockTimeout(Duration.ofMillis(300))).isEqualTo(Duration.ofSeconds(30));
        assertThat(QUIET.lockTimeout(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void onlyWhatHarmsNobodyMayRunForAsLongAsItTakes() {
        assertThat(QUIET.statementTimeout()).isEqualTo(Duration.ZERO);
        assertThat(CONCURRENT.statementTimeout()).isEqualTo(Duration.ZERO);
        assertThat(BLOCKING.statementTimeout()).isNull();
    }
}
