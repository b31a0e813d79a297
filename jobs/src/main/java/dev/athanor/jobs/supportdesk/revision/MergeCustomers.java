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
              LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
              AS $function$
              DECLARE
                address CONSTANT bigint := hashtextextended(NEW.email_normalised, 0);
                kept bigint;
              BEGIN
                -- Whoever comes second with an address waits here, and sees then what the first has committed.
                INSERT INTO customer_address_locks VALUES (address) ON CONFLICT DO NOTHING;
                PERFORM FROM customer_address_locks WHERE address_hash = address FOR UPDATE;
                SELECT min(id) INTO kept FROM users
                 WHERE email_normalised = NEW.email_normalised AND merged_into IS NULL AND id <> NEW.id;
                IF kept IS NULL THEN
                  RETURN NEW;
                END IF;
                IF TG_OP = 'UPDATE' THEN
                  RAISE unique_violation USING MESSAGE = format('customer %s has the e-mail address of customer %s', NEW.id, kept);
                END IF;
                NEW.merged_into := kept;
                RETURN NEW;
              END
              $function$;
            """;

    // Behind the row, because a row that is there already (ON CONFLICT DO NOTHING) merges nobody.
    private static final String NOTE_MERGE = """
            CREATE FUNCTION support_desk_note_merge() RETURNS trigger
              LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
              AS $function$
              BEGIN
                INSERT INTO customer_merges (merged_id, kept_id) VALUES (NEW.id, NEW.merged_into)
                    ON CONFLICT (merged_id) DO UPDATE SET kept_id = excluded.kept_id;
                RETURN NULL;
              END
              $function$;
            """;

    // Tickets that are written for a merged customer go to the one that was kept, as long as that one is there.
    private static final String KEPT_CUSTOMER = """
            CREATE FUNCTION support_desk_kept_customer() RETURNS trigger
              LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
              AS $function$
              DECLARE
                kept bigint;
              BEGIN
                -- The lock makes a merge of this very customer wait until the ticket is there to be moved. A foreign key takes the same
                -- one: no change of a customer waits for it.
                SELECT merged_into INTO kept FROM users WHERE id = NEW.user_id FOR KEY SHARE;
                IF EXISTS (SELECT FROM users WHERE id = kept) THEN
                  INSERT INTO customer_merge_tickets (ticket_id, merged_id) VALUES (NEW.id, NEW.user_id)
                      ON CONFLICT (ticket_id) DO UPDATE SET merged_id = excluded.merged_id;
                  UPDATE tickets SET user_id = kept WHERE id = NEW.id;
                END IF;
                RETURN NULL;
              END
              $function$;
            """;

    // A thousand tickets at a time go back to whom they had, unless somebody has moved them since; each is forgotten in
    // the transaction that gives it back, so this may be cut off anywhere.
    private static final String RESTORE = """
            -- athanor:allow RW1 what it runs stands in it word for word
            -- athanor:allow DM1 a thousand rows in a transaction of their own
            DO $restore$
            DECLARE
              upto bigint;
            BEGIN
              LOOP
                SELECT max(ticket_id) INTO upto
                  FROM (SELECT ticket_id FROM customer_merge_tickets ORDER BY ticket_id LIMIT 1000) AS block;
                EXIT WHEN upto IS NULL;
                WITH moved AS (DELETE FROM customer_merge_tickets WHERE ticket_id <= upto RETURNING ticket_id, merged_id)
                UPDATE tickets AS t
                   SET user_id = u.id
                  FROM moved JOIN customer_merges AS m ON m.merged_id = moved.merged_id JOIN users AS u ON u.id = moved.merged_id
                 WHERE t.id = moved.ticket_id AND t.user_id = m.kept_id;
                COMMIT;
              END LOOP;
            END
            $restore$;""";

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
                        -- Functions with the rights of their owner look for temporary tables last, because anybody may make those.
                        SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true);
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
                        -- Whoever writes an address locks its row. Not an advisory lock: the server has room for some thousands of those, and a long
                        -- import needs one for each of its customers.
                        CREATE TABLE customer_address_locks (address_hash bigint PRIMARY KEY);
                        ALTER TABLE users ADD COLUMN merged_into bigint;""" + ONE_CUSTOMER + NOTE_MERGE + KEPT_CUSTOMER));
        migration.expand(sql("CREATE INDEX CONCURRENTLY ix_users_email_normalised ON users (email_normalised, id);")
                .withoutTransaction());
        migration.expand(sql("""
                        -- Behind the trigger that normalises the address: triggers of one kind fire in the order of their names.
                        CREATE TRIGGER support_desk_one_customer_new BEFORE INSERT ON users
                          FOR EACH ROW WHEN (NEW.email_normalised IS NOT NULL AND NEW.merged_into IS NULL)
                          EXECUTE FUNCTION support_desk_one_customer();
                        -- Compared is what was typed with what was typed: a backfill that only fills in the normal form changes no address.
                        CREATE TRIGGER support_desk_one_customer_moved BEFORE UPDATE OF email ON users
                          FOR EACH ROW WHEN (NEW.email_normalised IS DISTINCT FROM support_desk_normalise_email(OLD.email)
                                             AND NEW.email_normalised IS NOT NULL AND NEW.merged_into IS NULL)
                          EXECUTE FUNCTION support_desk_one_customer();
                        CREATE TRIGGER support_desk_note_merge AFTER INSERT ON users
                          FOR EACH ROW WHEN (NEW.merged_into IS NOT NULL) EXECUTE FUNCTION support_desk_note_merge();"""));
        migration.expand(sql("""
                        CREATE TRIGGER support_desk_kept_customer AFTER INSERT OR UPDATE OF user_id ON tickets
                          FOR EACH ROW EXECUTE FUNCTION support_desk_kept_customer();"""));
    }

    private static void backfill(MigrationBuilder migration) {
        migration.backfill(sql("""
                        -- Locked as if they were to be deleted: whoever writes a ticket of one at this moment waits, or is waited for.
                        WITH due AS (
                          SELECT u.id FROM users AS u
                           WHERE ${chunk:u}
                             AND u.merged_into IS NULL
                             AND EXISTS (SELECT FROM users AS k
                                          WHERE k.email_normalised = u.email_normalised AND k.merged_into IS NULL AND k.id < u.id)
                           ORDER BY u.id
                             FOR UPDATE OF u),
                        merged AS (
                          UPDATE users AS u
                             SET merged_into = (SELECT min(k.id) FROM users AS k
                                                 WHERE k.email_normalised = u.email_normalised AND k.merged_into IS NULL)
                            FROM due
                           WHERE u.id = due.id
                          RETURNING u.id, u.merged_into)
                        INSERT INTO customer_merges (merged_id, kept_id)
                        SELECT id, merged_into FROM merged
                            ON CONFLICT (merged_id) DO UPDATE SET kept_id = excluded.kept_id;""").over("users").key("id").name("merge"));
        migration.backfill(sql("""
                        -- One more of these for every other table that names customers.
                        WITH moved AS (
                          UPDATE tickets AS t
                             SET user_id = k.id
                            FROM users AS m JOIN users AS k ON k.id = m.merged_into
                           WHERE ${chunk:t}
                             AND m.id = t.user_id
                          RETURNING t.id, m.id AS merged_id)
                        INSERT INTO customer_merge_tickets (ticket_id, merged_id)
                        SELECT id, merged_id FROM moved
                            ON CONFLICT (ticket_id) DO UPDATE SET merged_id = excluded.merged_id;""").over("tickets").key("id").name("tickets"));
        migration.verify(sql("""
                        SELECT count(*) - count(DISTINCT email_normalised) FROM users WHERE merged_into IS NULL AND email_normalised IS NOT NULL;""").name("one-customer-an-address"));
        migration.verify(sql("""
                        SELECT count(*) FROM users AS u LEFT JOIN customer_merges AS m ON m.merged_id = u.id
                         WHERE u.merged_into IS DISTINCT FROM m.kept_id;""").name("merges-recorded"));
        migration.verify(sql("""
                        SELECT count(*) FROM tickets AS t JOIN users AS m ON m.id = t.user_id JOIN users AS k ON k.id = m.merged_into;""").name("tickets-moved"));
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
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_kept_customer ON tickets;
                        DROP FUNCTION support_desk_kept_customer();"""));
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_one_customer_new ON users;
                        DROP TRIGGER support_desk_one_customer_moved ON users;
                        DROP TRIGGER support_desk_note_merge ON users;
                        DROP FUNCTION support_desk_one_customer();
                        DROP FUNCTION support_desk_note_merge();"""));
        // Nobody is merged any more.
        migration.undoExpand(sql(RESTORE).withoutTransaction());
        migration.undoExpand(sql("DROP TABLE customer_merge_tickets;"));
        migration.undoExpand(sql("DROP TABLE customer_merges;"));
        migration.undoExpand(sql("DROP TABLE customer_address_locks;"));
        migration.undoExpand(sql("DROP INDEX CONCURRENTLY IF EXISTS ix_users_email_normalised;")
                .withoutTransaction());
        migration.undoExpand(sql("ALTER TABLE users DROP COLUMN merged_into;"));
    }
}
