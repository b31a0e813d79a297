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
        irreversible = "the plain telephone numbers are gone")
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

    /** Says what it does. */
    public EncryptPhone() {}

    /** How an application reads and writes the encrypted numbers; the key of a row is its id. */
    public static EncryptedColumn column(DataKeys keys) {
        return EncryptedColumn.of(keys, "users", ENCRYPTED);
    }

    @Override
    public void define(MigrationBuilder migration) {
        migration.expand(sql("ALTER TABLE users ADD COLUMN phone_encrypted text;" + FORGET_ENCRYPTED_PHONE));
        migration.expand(sql("""
                -- A number that is changed by an application which cannot encrypt: what stands beside it is no longer it.
                CREATE TRIGGER support_desk_forget_encrypted_phone BEFORE UPDATE OF phone ON users
                  FOR EACH ROW WHEN (NEW.phone IS DISTINCT FROM OLD.phone AND NEW.phone_encrypted = OLD.phone_encrypted)
                  EXECUTE FUNCTION support_desk_forget_encrypted_phone();"""));

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

        migration.contract(sql("""
                DROP TRIGGER support_desk_forget_encrypted_phone ON users;
                DROP FUNCTION support_desk_forget_encrypted_phone();"""));
        migration.contract(sql("""
                -- athanor:allow CL9 no application reads plain numbers any more
                ALTER TABLE users DROP COLUMN phone;"""));

        migration.undoExpand(sql("""
                DROP TRIGGER support_desk_forget_encrypted_phone ON users;
                DROP FUNCTION support_desk_forget_encrypted_phone();
                ALTER TABLE users DROP COLUMN phone_encrypted;"""));
    }

    private static Map<String, String> encrypt(EncryptedColumn column, RowView row) {
        String id = Objects.requireNonNull(row.text("id"));
        return Map.of(ENCRYPTED, column.encrypt(id, Objects.requireNonNull(row.text("phone"))));
    }
}
