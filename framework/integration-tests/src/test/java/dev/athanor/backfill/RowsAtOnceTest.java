package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.postgres.TransactionSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What is read of a chunk that is not as was expected. */
@AthanorPostgres
class RowsAtOnceTest {
    private EngineFixture fixture;
    private RowSql sql;

    @BeforeEach
    void open(TestDatabase database) {
        fixture = new EngineFixture(database.url());
        fixture.sql(
                "DROP TABLE IF EXISTS odd",
                "CREATE TABLE odd (id int, code text, s text, d date, n bigint, PRIMARY KEY (id, code))",
                "INSERT INTO odd SELECT i, 'c' || i, CASE WHEN i % 2 = 0 THEN 'row ' || i END,"
                        + " CASE WHEN i % 3 = 0 THEN date '2000-01-01' + i END, i FROM generate_series(1, 50) i");
        Subject subject = new Survey(
                        new Sources(fixture.database.reactive(), Map.of()), TransactionSettings.SERVER_DEFAULTS)
                .of(
                        new RowSteps(fixture)
                                .transform(
                                        "odd",
                                        List.of("s", "d", "n"),
                                        List.of("n"),
                                        EngineFixture.options(500),
                                        row -> Mono.empty()),
                        List.of())
                .block(Duration.ofMinutes(1));
        sql = Objects.requireNonNull(Objects.requireNonNull(subject).rows());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private @Nullable RowBatch read(@Nullable List<String> lower, List<String> upper, int rows) {
        return fixture.database
                .reactive()
                .inTransaction(
                        TransactionSettings.SERVER_DEFAULTS,
                        session -> new RowsAtOnce(sql).read(session, lower, upper, rows))
                .block(Duration.ofMinutes(1));
    }

    @Test
    void rows_come_in_the_order_of_their_key_with_what_they_hold() {
        RowBatch batch = Objects.requireNonNull(read(List.of("8", "c8"), List.of("12", "c12"), 4));
        assertThat(batch.isCut()).isFalse();
        assertThat(batch.rows())
                .extracting(SourceRow::key)
                .containsExactly(List.of("9", "c9"), List.of("10", "c10"), List.of("11", "c11"), List.of("12", "c12"));
        assertThat(batch.rows()).extracting(row -> row.raw(0)).containsExactly(null, "row 10", null, "row 12");
        assertThat(batch.rows()).extracting(row -> row.raw(1)).containsExactly("00000009", null, null, "0000000c");
        assertThat(batch.rows()).extracting(row -> row.raw(2)).containsExactly("9", "10", "11", "12");
        assertThat(batch.rows()).extracting(SourceRow::version).doesNotContainNull();
    }

    @Test
    void where_rows_have_come_in_between_it_is_cut() {
        RowBatch batch = Objects.requireNonNull(read(null, List.of("50", "c50"), 10));
        assertThat(batch.isCut()).isTrue();
        assertThat(batch.isFull()).isFalse();
        assertThat(batch.rows()).hasSize(10);
        assertThat(batch.last()).containsExactly("10", "c10");
    }

    @Test
    void one_by_one_too_no_more_than_so_many_are_sent() {
        List<String> keys = fixture.database
                .reactive()
                .inTransaction(
                        TransactionSettings.SERVER_DEFAULTS,
                        session -> session.query(
                                        sql.read(true),
                                        row -> Objects.requireNonNull(row.text(0)),
                                        Walk.parameters(List.of("8", "c8"), List.of("50", "c50"), 3L))
                                .collectList())
                .block(Duration.ofMinutes(1));
        assertThat(keys).containsExactly("9", "10", "11");
    }

    @Test
    void where_all_have_gone_there_are_none() {
        fixture.sql("DELETE FROM odd");
        RowBatch batch = Objects.requireNonNull(read(null, List.of("50", "c50"), 10));
        assertThat(batch.isCut()).isFalse();
        assertThat(batch.rows()).isEmpty();
    }

    @Test
    void a_row_that_is_longer_than_its_share_is_told_apart() {
        fixture.sql("UPDATE odd SET s = repeat('x', " + RowBatch.MOST_BYTES / 50 + ") WHERE id = 30");
        assertThat(read(null, List.of("50", "c50"), 50)).isNull();
        assertThat(Objects.requireNonNull(read(null, List.of("29", "c29"), 50)).rows())
                .hasSize(29);
        assertThat(Objects.requireNonNull(read(null, List.of("50", "c50"), 49)).isCut())
                .isTrue();
    }
}
