package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Rows.transform;
import static dev.athanor.migration.Sql.sql;

import dev.athanor.jobs.encryption.DataKeys;
import dev.athanor.jobs.encryption.EncryptedColumn;
import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;
import dev.athanor.migration.RowView;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * Encrypts the telephone numbers of customers in the JVM, and drops the plain ones. There is no SQL file of it: the
 * database must not see the key.
 */
@Revision(
        id = "sd013",
        revises = "sd012",
        message = "encrypt the telephone numbers of customers",
        created = "2026-11-21T11:00:00Z",
        irreversible = "the column with the plain telephone numbers is dropped")
public final class EncryptPhone implements Migration {
    /** The environment variable with the keys, as {@link DataKeys#fromEnvironment} reads them. */
    public static final String KEYS = "SUPPORT_DESK_KEYS";

    private static final String ENCRYPTED = "phone_encrypted";

    private static final String FORGET_ENCRYPTED_PHONE = """
            CREATE FUNCTION support_desk_forget_encrypted_phone() RETURNS trigger
              LANGUAGE plpgsql
              AS $function$
              BEGIN
                NEW.phone_encrypted := NULL;
                RETURN NEW;
              END
              $function$;""";

    // Only the columns of a trigger tell whether a statement names phone: with an unchanged number, too.
    private static final String PHONE_NAMED = """
            CREATE FUNCTION support_desk_phone_named() RETURNS trigger
              LANGUAGE plpgsql
              AS $function$
              BEGIN
                PERFORM set_config('support_desk.phone_named', 'yes', true);
                RETURN NEW;
              END
              $function$;""";

    // A statement that names the encrypted number only is of an application that knows no other: the plain one is out
    // of
    // date, and must not be encrypted again, nor come back.
    private static final String PHONE_OUTDATED = """
            CREATE FUNCTION support_desk_phone_outdated() RETURNS trigger
              LANGUAGE plpgsql
              AS $function$
              BEGIN
                IF current_setting('support_desk.phone_named', true) = 'yes' THEN
                  PERFORM set_config('support_desk.phone_named', '', true);
                ELSE
                  NEW.phone := NULL;
                END IF;
                RETURN NEW;
              END
              $function$;""";

    private static final String DROP_TRIGGERS = """
            DROP TRIGGER support_desk_forget_encrypted_phone ON users;
            DROP TRIGGER support_desk_phone_named ON users;
            DROP TRIGGER support_desk_phone_outdated ON users;
            DROP FUNCTION support_desk_forget_encrypted_phone();
            DROP FUNCTION support_desk_phone_named();
            DROP FUNCTION support_desk_phone_outdated();
            """;

    private static final String CHECK = """
            -- athanor:allow RW1 it only reads
            DO $check$
            DECLARE
              encrypted_only bigint;
            BEGIN
              SELECT count(*) INTO encrypted_only FROM users WHERE phone IS NULL AND phone_encrypted IS NOT NULL;
              IF encrypted_only > 0 THEN
                RAISE EXCEPTION 'customers whose telephone number is there encrypted only: %', encrypted_only
                  USING HINT = 'Decrypt them into phone by an application that has the key, and run the downgrade again.';
              END IF;
            END
            $check$;""";

    /** Says what it does. */
    public EncryptPhone() {}

    /** How an application reads and writes the encrypted numbers; the key of a row is its id. */
    public static EncryptedColumn column(DataKeys keys) {
        return EncryptedColumn.of(keys, "users", ENCRYPTED);
    }

    @Override
    public void define(MigrationBuilder migration) {
        migration.expand(sql("ALTER TABLE users ADD COLUMN phone_encrypted text;" + FORGET_ENCRYPTED_PHONE + PHONE_NAMED
                + PHONE_OUTDATED));
        migration.expand(sql("""
                -- A number that is changed by an application which cannot encrypt: what stands beside it is no longer it.
                CREATE TRIGGER support_desk_forget_encrypted_phone BEFORE UPDATE OF phone ON users
                  FOR EACH ROW WHEN (NEW.phone IS DISTINCT FROM OLD.phone AND NEW.phone_encrypted = OLD.phone_encrypted)
                  EXECUTE FUNCTION support_desk_forget_encrypted_phone();
                -- An encrypted number that is changed, or taken back, without the plain one. The first of the two fires first: triggers of one
                -- kind fire in the order of their names. What the backfill writes was NULL before.
                CREATE TRIGGER support_desk_phone_named BEFORE UPDATE OF phone ON users
                  FOR EACH ROW WHEN (NEW.phone = OLD.phone AND NEW.phone_encrypted IS DISTINCT FROM OLD.phone_encrypted
                                     AND OLD.phone_encrypted IS NOT NULL)
                  EXECUTE FUNCTION support_desk_phone_named();
                CREATE TRIGGER support_desk_phone_outdated BEFORE UPDATE ON users
                  FOR EACH ROW WHEN (NEW.phone = OLD.phone AND NEW.phone_encrypted IS DISTINCT FROM OLD.phone_encrypted
                                     AND OLD.phone_encrypted IS NOT NULL)
                  EXECUTE FUNCTION support_desk_phone_outdated();"""));

        // The keys are looked for when the first number is to be encrypted: revisions are also read where there are
        // none.
        Mono<EncryptedColumn> encrypted =
                Mono.fromSupplier(() -> column(DataKeys.fromEnvironment(KEYS))).cache();
        migration.backfill(transform("users")
                .key("id")
                .name("phone")
                .reads("id", "phone")
                .writes(ENCRYPTED)
                .where("phone IS NOT NULL AND phone_encrypted IS NULL")
                .with(row -> encrypted.map(column -> encrypt(column, row)))
                .version("1"));
        migration.verify(sql("""
                SELECT count(*) FROM users
                 WHERE phone IS NOT NULL AND (phone_encrypted IS NULL OR phone_encrypted !~ '^v1:[A-Za-z0-9_-]+:[A-Za-z0-9+/]+=*$')""").name("every-phone-encrypted"));

        migration.contract(sql(DROP_TRIGGERS));
        migration.contract(sql("""
                -- athanor:allow CL9 no application reads plain numbers any more
                ALTER TABLE users DROP COLUMN phone;"""));

        // Before the only ones go for good.
        migration.undoExpand(sql(CHECK));
        migration.undoExpand(sql(DROP_TRIGGERS + "ALTER TABLE users DROP COLUMN phone_encrypted;"));
    }

    private static Map<String, String> encrypt(EncryptedColumn column, RowView row) {
        String id = Objects.requireNonNull(row.text("id"));
        return Map.of(ENCRYPTED, column.encrypt(id, Objects.requireNonNull(row.text("phone"))));
    }
}
