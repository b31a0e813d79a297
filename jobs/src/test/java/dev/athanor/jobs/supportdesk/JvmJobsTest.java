package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.jobs.encryption.DataKeys;
import dev.athanor.jobs.encryption.EncryptedColumn;
import dev.athanor.jobs.supportdesk.revision.EncryptPhone;
import dev.athanor.revision.Phase;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The revisions that work on rows in the JVM, run by the real runner. */
@AthanorPostgres
class JvmJobsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final EncryptedColumn PHONES = EncryptPhone.column(DataKeys.fromEnvironment(EncryptPhone.KEYS));

    private final TestDatabase database;
    private final Jdbc jdbc;

    JvmJobsTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @BeforeEach
    void renew() {
        jdbc.execute("DROP SCHEMA IF EXISTS athanor CASCADE");
        Desks.renewLegacy(database, 3_000, 3);
    }

    @Test
    void encryptsWhatOldAndNewApplicationsWrite() {
        List<List<@Nullable String>> plain = jdbc.rows("SELECT id, phone FROM users ORDER BY id");
        try (Run run = stamped("sd012")) {
            run.upgrade("sd013", Phase.EXPAND);
            jdbc.execute("UPDATE users SET phone = '+33 1' WHERE id = 2");
            jdbc.update("UPDATE users SET phone_encrypted = ? WHERE id = 3", PHONES.encrypt("3", "+33 2"));
            run.upgrade("sd013", Phase.BACKFILL);
            assertThat(phone(2)).isEqualTo("+33 1");
            assertThat(phone(3)).as("is not encrypted over").isEqualTo("+33 2");
            for (List<@Nullable String> row : plain.subList(3, plain.size())) {
                assertThat(phone(Long.parseLong(String.valueOf(row.get(0))))).isEqualTo(row.get(1));
            }

            jdbc.execute("UPDATE users SET phone = '+33 3' WHERE id = 2");
            jdbc.execute("UPDATE users SET name = name WHERE id = 3");
            assertThat(phone(2)).as("a number that nobody has encrypted").isNull();
            assertThat(phone(3)).isEqualTo("+33 2");
            assertThatThrownBy(() -> run.upgrade("sd013", Phase.CONTRACT))
                    .isInstanceOf(AthanorException.class)
                    .hasMessageContaining("every-phone-encrypted");

            jdbc.update("UPDATE users SET phone_encrypted = ? WHERE id = 2", PHONES.encrypt("2", "+33 3"));
            run.upgrade("sd013", Phase.CONTRACT);
            assertThat(phone(2)).isEqualTo("+33 3");
            assertThatThrownBy(() -> run.downgrade("sd012"))
                    .isInstanceOf(AthanorException.class)
                    .hasMessageContaining("plain telephone numbers is dropped");
        }
        assertThat(jdbc.number(
                        "SELECT count(*) FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'phone'"))
                .isZero();
    }

    @Test
    void comesAndGoesAsLongAsThePlainNumbersAreThere() {
        try (Run run = stamped("sd012")) {
            var before = run.schema();
            run.upgrade("sd013", Phase.EXPAND);
            run.upgrade("sd013", Phase.BACKFILL);
            run.downgrade("sd012");
            assertThat(run.schema()).isEqualTo(before);
        }
    }

    @Test
    void neitherEncryptsNorBringsBackWhatTheNewApplicationHasChanged() {
        try (Run run = stamped("sd012")) {
            var before = run.schema();
            run.upgrade("sd013", Phase.EXPAND);
            // The version that writes both, also when the number is the same.
            jdbc.update(
                    "UPDATE users SET phone = '+33 1', phone_encrypted = ? WHERE id = 2", PHONES.encrypt("2", "+33 1"));
            jdbc.update(
                    "UPDATE users SET phone = '+33 1', phone_encrypted = ? WHERE id = 2", PHONES.encrypt("2", "+33 1"));
            assertThat(plain(2)).isEqualTo("+33 1");
            run.upgrade("sd013", Phase.BACKFILL);

            // The version that knows the encrypted one only.
            jdbc.execute("UPDATE users SET name = 'Zoë', phone_encrypted = NULL WHERE id = 2");
            jdbc.update("UPDATE users SET phone_encrypted = ? WHERE id = 3", PHONES.encrypt("3", "+33 3"));
            jdbc.update(
                    "INSERT INTO users (id, name, email, phone_encrypted) VALUES (100000, '', '', ?)",
                    PHONES.encrypt("100000", "+33 4"));
            assertThat(plain(2)).isNull();
            assertThat(plain(3)).isNull();
            assertThatThrownBy(() -> run.downgrade("sd012"))
                    .isInstanceOf(AthanorException.class)
                    .hasMessageContaining("encrypted only: 2");

            jdbc.update(
                    "UPDATE users SET phone = '+33 3', phone_encrypted = ? WHERE id = 3", PHONES.encrypt("3", "+33 3"));
            jdbc.execute("UPDATE users SET phone = '+33 4' WHERE id = 100000");
            run.downgrade("sd012");
            assertThat(run.schema()).isEqualTo(before);
            assertThat(jdbc.texts("SELECT phone FROM users WHERE id IN (2, 3, 100000) ORDER BY id"))
                    .containsExactly(null, "+33 3", "+33 4");

            run.upgrade("sd013", Phase.EXPAND);
            run.upgrade("sd013", Phase.BACKFILL);
            jdbc.execute("UPDATE users SET phone_encrypted = NULL WHERE id = 3");
            run.upgrade("sd013", Phase.CONTRACT);
            assertThat(phone(2)).isNull();
            assertThat(phone(3)).as("was taken back, and does not come back").isNull();
        }
    }

    @Test
    void knowsNoDeadlineOfATimeThatNeverComes() {
        jdbc.execute("UPDATE tickets SET resolved_at = NULL, created_at = CASE id % 2 WHEN 0 THEN 'infinity'"
                + " ELSE '-infinity' END::timestamptz WHERE id IN (SELECT id FROM tickets ORDER BY id LIMIT 7)");
        try (Run run = new Run(database.url(), Run.classes())) {
            run.upgrade("sd004");
        }
        assertThat(jdbc.number(
                        "SELECT count(*) FROM tickets WHERE NOT isfinite(sla_due_at) AND sla_due_at = created_at"))
                .isEqualTo(7);
    }

    @Test
    void changesNoRowWithoutAProperKey() {
        try (Run run = stamped("sd012")) {
            run.upgrade("sd013", Phase.EXPAND);
        }
        String secret = "bm90IGEga2V5IG9mIDMyIGJ5dGVz";
        try (ChildJvm child = ChildJvm.running(JobProcess.class)
                .with(database.url(), "sd013")
                .withEnvironment(EncryptPhone.KEYS, "k1:" + secret)
                .start()) {
            assertThat(child.awaitExit(LONG)).isEqualTo(1);
            assertThat(child.output())
                    .anyMatch(line -> line.contains("SUPPORT_DESK_KEYS") && line.contains("21 bytes"))
                    .noneMatch(line -> line.contains(secret));
        }
        assertThat(jdbc.number("SELECT count(phone_encrypted) FROM users")).isZero();
        try (Run run = new Run(database.url(), Run.classes())) {
            run.resume();
            assertThat(jdbc.number("SELECT count(phone_encrypted) FROM users")).isGreaterThan(250);
        }
    }

    @Test
    void goesOnWhereItWasKilled() {
        try (Run run = new Run(database.url(), Run.classes())) {
            run.upgrade("sd003");
        }
        try (ChildJvm child = ChildJvm.running(JobProcess.class)
                .with(database.url(), "sd004", "hold")
                .start()) {
            child.awaitLine("first chunk committed", LONG);
            child.kill9();
        }
        long done = jdbc.number("SELECT count(sla_due_at) FROM tickets");
        assertThat(done).isBetween(1L, 2_999L);
        jdbc.execute("CREATE TABLE writes (id bigint); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO writes VALUES (NEW.id); RETURN NULL; END';"
                + " CREATE TRIGGER note AFTER UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION note()");
        try (Run run = new Run(database.url(), Run.classes())) {
            run.resume();
        }
        assertThat(jdbc.number("SELECT count(*) FROM tickets WHERE sla_due_at IS NULL"))
                .isZero();
        assertThat(jdbc.number("SELECT count(*) FROM writes")).isEqualTo(3_000 - done);
    }

    private Run stamped(String revision) {
        Run run = new Run(database.url(), Run.classes());
        run.stamp(revision);
        return run;
    }

    private @Nullable String plain(long user) {
        return jdbc.text("SELECT phone FROM users WHERE id = ?", user);
    }

    private @Nullable String phone(long user) {
        String stored = jdbc.text("SELECT phone_encrypted FROM users WHERE id = ?", user);
        return stored == null ? null : PHONES.decrypt(Long.toString(user), stored);
    }
}
