package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Sql.sql;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;

/** Merges customers of the same e-mail address into the oldest one. */
@Revision(
        id = "sd006",
        revises = "sd005",
        message = "merge customers of the same e-mail address into the oldest one",
        created = "2026-11-21T09:50:00Z")
public final class MergeCustomers implements Migration {
    // A merged customer keeps its row, because sessions and links of the application may still name it.
    private static final String ONE_CUSTOMER = """
            CREATE FUNCTION support_desk_one_customer() RETURNS trigger
              LANGUAGE plpgsql
              AS $function$
              DECLARE
                kept bigint;
              BEGIN
                -- Whoever comes second with an address waits here, and sees then what the first has committed.
                PERFORM pg_advisory_xact_lock(hashtextextended(NEW.email_normalised, 0));
                SELECT min(id) INTO kept FROM users
                 WHERE email_normalised = NEW.email_normalised AND merged_into IS NULL AND id <> NEW.id;
                IF kept IS NULL THEN
                  RETURN NEW;
                END IF;
                IF TG_OP = 'UPDATE' THEN
                  RAISE unique_violation USING MESSAGE = format('customer %s has the e-mail address of customer %s', NEW.id, kept);
                END IF;
                NEW.merged_into := kept;
                INSERT INTO customer_merges (merged_id, kept_id) VALUES (NEW.id, kept) ON CONFLICT (merged_id) DO NOTHING;
                RETURN NEW;
              END
              $function$;
            """;

    // Tickets that are written for a merged customer belong to the one that was kept.
    private static final String KEPT_CUSTOMER = """
            CREATE FUNCTION support_desk_kept_customer() RETURNS trigger
              LANGUAGE plpgsql
              AS $function$
              DECLARE
                kept bigint;
              BEGIN
                -- The lock makes a merge of this very customer wait until the ticket is there to be moved.
                SELECT merged_into INTO kept FROM users WHERE id = NEW.user_id FOR SHARE;
                IF kept IS NOT NULL THEN
                  INSERT INTO customer_merge_tickets (ticket_id, merged_id) VALUES (NEW.id, NEW.user_id) ON CONFLICT (ticket_id) DO NOTHING;
                  NEW.user_id := kept;
                END IF;
                RETURN NEW;
              END
              $function$;
            """;

    /** Says what it does. */
    public MergeCustomers() {}

    @Override
    public void define(MigrationBuilder migration) {
        expand(migration);
        backfill(migration);
        contract(migration);
        undo(migration);
    }

    private static void expand(MigrationBuilder migration) {
        migration.expand(sql("""
                        -- Who was merged into whom, and which tickets have moved: what undo goes by. No foreign keys, so that the record outlives
                        -- what it tells of.
                        CREATE TABLE customer_merges (
                          merged_id bigint PRIMARY KEY,
                          kept_id   bigint NOT NULL,
                          merged_at timestamptz NOT NULL DEFAULT now()
                        );
                        CREATE TABLE customer_merge_tickets (
                          ticket_id bigint PRIMARY KEY,
                          merged_id bigint NOT NULL
                        );
                        ALTER TABLE users ADD COLUMN merged_into bigint;""" + ONE_CUSTOMER + KEPT_CUSTOMER));
        migration.expand(sql("CREATE INDEX CONCURRENTLY ix_users_email_normalised ON users (email_normalised, id);")
                .withoutTransaction());
        migration.expand(sql("""
                        -- Behind the trigger that normalises the address: triggers of one kind fire in the order of their names.
                        CREATE TRIGGER support_desk_one_customer_new BEFORE INSERT ON users
                          FOR EACH ROW WHEN (NEW.email_normalised IS NOT NULL AND NEW.merged_into IS NULL)
                          EXECUTE FUNCTION support_desk_one_customer();
                        CREATE TRIGGER support_desk_one_customer_moved BEFORE UPDATE OF email, email_normalised ON users
                          FOR EACH ROW WHEN (NEW.email_normalised IS DISTINCT FROM OLD.email_normalised
                                             AND NEW.email_normalised IS NOT NULL AND NEW.merged_into IS NULL)
                          EXECUTE FUNCTION support_desk_one_customer();"""));
        migration.expand(sql("""
                        CREATE TRIGGER support_desk_kept_customer BEFORE INSERT OR UPDATE OF user_id ON tickets
                          FOR EACH ROW EXECUTE FUNCTION support_desk_kept_customer();"""));
    }

    private static void backfill(MigrationBuilder migration) {
        migration.backfill(sql("""
                        WITH merged AS (
                          UPDATE users AS u
                             SET merged_into = (SELECT min(k.id) FROM users AS k
                                                 WHERE k.email_normalised = u.email_normalised AND k.merged_into IS NULL)
                           WHERE ${chunk:u}
                             AND u.merged_into IS NULL
                             AND EXISTS (SELECT FROM users AS k
                                          WHERE k.email_normalised = u.email_normalised AND k.merged_into IS NULL AND k.id < u.id)
                          RETURNING u.id, u.merged_into)
                        INSERT INTO customer_merges (merged_id, kept_id)
                        SELECT id, merged_into FROM merged
                            ON CONFLICT (merged_id) DO NOTHING;""").over("users").key("id").name("merge"));
        migration.backfill(sql("""
                        -- One more of these for every other table that names customers.
                        WITH moved AS (
                          UPDATE tickets AS t
                             SET user_id = m.kept_id
                            FROM customer_merges AS m
                           WHERE ${chunk:t}
                             AND m.merged_id = t.user_id
                          RETURNING t.id, m.merged_id)
                        INSERT INTO customer_merge_tickets (ticket_id, merged_id)
                        SELECT id, merged_id FROM moved
                            ON CONFLICT (ticket_id) DO NOTHING;""").over("tickets").key("id").name("tickets"));
        migration.verify(sql("""
                        SELECT count(*) - count(DISTINCT email_normalised) FROM users WHERE merged_into IS NULL AND email_normalised IS NOT NULL;""").name("one-customer-an-address"));
        migration.verify(sql("""
                        SELECT count(*) FROM users AS u LEFT JOIN customer_merges AS m ON m.merged_id = u.id
                         WHERE u.merged_into IS DISTINCT FROM m.kept_id;""").name("merges-recorded"));
        migration.verify(sql("""
                        SELECT count(*) FROM tickets AS t JOIN users AS u ON u.id = t.user_id WHERE u.merged_into IS NOT NULL;""").name("tickets-moved"));
    }

    private static void contract(MigrationBuilder migration) {
        migration.contract(sql("""
                        CREATE UNIQUE INDEX CONCURRENTLY ux_users_email_normalised ON users (email_normalised) WHERE merged_into IS NULL;
                        DROP INDEX CONCURRENTLY IF EXISTS ix_users_email_normalised;""").withoutTransaction());
    }

    private static void undo(MigrationBuilder migration) {
        migration.undoContract(sql("""
                        CREATE INDEX CONCURRENTLY ix_users_email_normalised ON users (email_normalised, id);
                        DROP INDEX CONCURRENTLY IF EXISTS ux_users_email_normalised;""").withoutTransaction());
        migration.undoBackfill(sql("""
                        -- athanor:allow DM1 the customers that were merged, and no others
                        UPDATE users SET merged_into = NULL WHERE merged_into IS NOT NULL;
                        -- athanor:allow DM1 the tickets that were moved, and no others
                        UPDATE tickets AS t
                           SET user_id = moved.merged_id
                          FROM customer_merge_tickets AS moved JOIN customer_merges AS m ON m.merged_id = moved.merged_id
                         WHERE t.id = moved.ticket_id AND t.user_id = m.kept_id;
                        -- athanor:allow DM1 the record of what is undone
                        DELETE FROM customer_merge_tickets;
                        -- athanor:allow DM1 the record of what is undone
                        DELETE FROM customer_merges;"""));
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_kept_customer ON tickets;
                        DROP FUNCTION support_desk_kept_customer();"""));
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_one_customer_new ON users;
                        DROP TRIGGER support_desk_one_customer_moved ON users;
                        DROP FUNCTION support_desk_one_customer();"""));
        migration.undoExpand(sql("DROP TABLE customer_merge_tickets;"));
        migration.undoExpand(sql("DROP TABLE customer_merges;"));
        migration.undoExpand(sql("DROP INDEX CONCURRENTLY IF EXISTS ix_users_email_normalised;")
                .withoutTransaction());
        migration.undoExpand(sql("ALTER TABLE users DROP COLUMN merged_into;"));
    }
}
