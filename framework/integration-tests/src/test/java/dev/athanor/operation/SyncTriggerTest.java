package dev.athanor.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sync triggers by themselves, with every way of writing that could lead them astray. */
@AthanorPostgres
class SyncTriggerTest {
    /** Lossy in both directions, so that a trigger that fires upon itself would be seen. */
    private static final SyncTrigger SYNC = SyncTrigger.of(
            new QualifiedName(null, "t"),
            List.of(new Assignment("young", "old || '+'")),
            List.of(new Assignment("old", "young || '-'")));

    private final Jdbc sql;

    SyncTriggerTest(TestDatabase server) {
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP TABLE IF EXISTS t; DROP FUNCTION IF EXISTS \"" + SYNC.name() + "\"; DROP TABLE IF EXISTS log;"
                + "CREATE TABLE t (id int PRIMARY KEY, old text, young text, other int DEFAULT 0);"
                + "CREATE TABLE log (what text)");
        sql.execute(SYNC.create());
    }

    private List<String> rows() {
        return sql.texts("SELECT concat_ws(' ', id, coalesce(old, '?'), coalesce(young, '?')) FROM t ORDER BY id");
    }

    /** How often the function ran, as the server counts it. */
    private long firings(String statements) {
        String count = "SELECT coalesce(sum(calls), 0) FROM pg_stat_xact_user_functions WHERE funcname = '"
                + SYNC.name() + "'";
        sql.execute(
                "BEGIN; SET LOCAL track_functions = 'all'; " + statements + "; INSERT INTO log " + count + "; COMMIT");
        return sql.number("SELECT what::bigint FROM log ORDER BY ctid DESC LIMIT 1");
    }

    @Test
    void each_side_follows_the_other_once() {
        assertThat(firings("INSERT INTO t VALUES (1, 'a')")).isEqualTo(1);
        assertThat(firings("INSERT INTO t (id, young) VALUES (2, 'b')")).isEqualTo(1);
        assertThat(firings("UPDATE t SET old = 'c' WHERE id = 1")).isEqualTo(1);
        assertThat(firings("UPDATE t SET young = 'd' WHERE id = 2")).isEqualTo(1);

        assertThat(rows()).containsExactly("1 c c+", "2 d- d");
    }

    @Test
    void what_changes_neither_side_does_not_fire() {
        sql.execute("INSERT INTO t VALUES (1, 'a')");

        assertThat(firings("UPDATE t SET other = 1; UPDATE t SET old = old, young = young"))
                .isZero();
        assertThat(rows()).containsExactly("1 a a+");
    }

    @Test
    void its_own_backfill_does_not_fire_and_any_other_does() {
        sql.execute("INSERT INTO t VALUES (1, 'a')");

        String mine = "SET LOCAL athanor.backfill = '" + SYNC.name() + "'; ";
        assertThat(firings(mine + "UPDATE t SET young = 'x'")).isZero();
        assertThat(rows()).containsExactly("1 a x");
        assertThat(firings("SET LOCAL athanor.backfill = 'another'; UPDATE t SET old = 'b'"))
                .isEqualTo(1);
        assertThat(rows()).containsExactly("1 b b+");
    }

    @Test
    void who_writes_both_in_one_update_is_left_alone() {
        sql.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')");

        sql.execute("UPDATE t SET old = 'o' || id, young = 'y' || id");

        assertThat(rows()).containsExactly("1 o1 y1", "2 o2 y2");
    }

    @Test
    void the_setting_of_the_writer_decides() {
        sql.execute("SET athanor.writer = 'new'; INSERT INTO t VALUES (1, 'default', 'n'); INSERT INTO t VALUES (2);"
                + "UPDATE t SET old = 'o', young = 'm' WHERE id = 1");
        assertThat(rows()).containsExactly("1 m- m", "2 ? ?");

        sql.execute("SET athanor.writer = 'old'; UPDATE t SET old = 'q', young = 'r' WHERE id = 1");
        assertThat(rows()).containsExactly("1 q q+", "2 ? ?");
    }

    @Test
    void a_pooled_session_that_has_forgotten_the_setting_is_as_any_other() {
        sql.execute("BEGIN; SET LOCAL athanor.writer = 'old'; SET LOCAL athanor.backfill = '" + SYNC.name()
                + "'; COMMIT; INSERT INTO t (id, young) VALUES (1, 'n')");

        assertThat(rows()).containsExactly("1 n- n");
    }

    @Test
    void upserts_of_both_versions_keep_both_sides() {
        sql.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')");

        sql.execute("INSERT INTO t (id, old) VALUES (1, 'c') ON CONFLICT (id) DO UPDATE SET old = EXCLUDED.old");
        sql.execute("INSERT INTO t (id, young) VALUES (2, 'd') ON CONFLICT (id) DO UPDATE SET young = EXCLUDED.young");

        assertThat(rows()).containsExactly("1 c c+", "2 d- d");
    }

    @Test
    void replicas_and_bulk_loads_that_switch_triggers_off_are_kept_in_step_too() {
        sql.execute("SET session_replication_role = 'replica'; INSERT INTO t VALUES (1, 'a')");

        assertThat(rows()).containsExactly("1 a a+");
    }

    @Test
    void what_triggers_of_the_application_make_of_a_row_is_seen() {
        sql.execute("""
                CREATE OR REPLACE FUNCTION lowered() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN NEW.old := lower(NEW.old); RETURN NEW; END $$;
                CREATE TRIGGER a_lowered BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION lowered();
                INSERT INTO t VALUES (1, 'ABC'); UPDATE t SET old = 'DEF'""");

        assertThat(rows()).containsExactly("1 def def+");
    }

    @Test
    void partitions_of_today_and_tomorrow_fire() {
        sql.execute("DROP TABLE t; DROP FUNCTION \"" + SYNC.name() + "\";"
                + "CREATE TABLE t (id int, old text, young text, other int) PARTITION BY RANGE (id);"
                + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10)");
        sql.execute(SYNC.create());
        sql.execute(
                "CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20); INSERT INTO t VALUES (1, 'a'), (11, 'b');"
                        + "UPDATE t SET young = 'c' WHERE id = 11");

        assertThat(rows()).containsExactly("1 a a+", "11 c- c");
        sql.execute("DROP TABLE t");
    }
}
