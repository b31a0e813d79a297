package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Sql.sql;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;

/** Maps the status of tickets to a new vocabulary, with either column followed by the other. */
@Revision(
        id = "sd002",
        revises = "sd001",
        message = "map the ticket status to the new vocabulary",
        created = "2026-11-21T09:10:00Z")
public final class MapStatus implements Migration {
    // The one place that knows the mapping. NULL for a status that is not in it: never a guess.
    private static final String STATUS_CODE = """
            CREATE FUNCTION support_desk_status_code(status text) RETURNS text
              LANGUAGE sql IMMUTABLE PARALLEL SAFE
              AS $function$
                SELECT CASE status
                  WHEN 'open' THEN 'OPEN'
                  WHEN 'in_progress' THEN 'IN_PROGRESS'
                  WHEN 'pending' THEN 'WAITING_ON_CUSTOMER'
                  WHEN 'resolved' THEN 'RESOLVED'
                  WHEN 'closed' THEN 'CLOSED'
                END
              $function$;
            """;

    private static final String SYNC_STATUS = """
            CREATE FUNCTION support_desk_sync_status() RETURNS trigger
              LANGUAGE plpgsql SET search_path FROM CURRENT
              AS $function$
              BEGIN
                IF NEW.status_code IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.status_code IS DISTINCT FROM OLD.status_code) THEN
                  NEW.status := CASE NEW.status_code
                    WHEN 'OPEN' THEN 'open'
                    WHEN 'IN_PROGRESS' THEN 'in_progress'
                    WHEN 'WAITING_ON_CUSTOMER' THEN 'pending'
                    WHEN 'RESOLVED' THEN 'resolved'
                    WHEN 'CLOSED' THEN 'closed'
                  END;
                  IF NEW.status IS NULL THEN
                    RAISE check_violation USING MESSAGE = format('unknown status_code %L of ticket %s', NEW.status_code, NEW.id);
                  END IF;
                ELSE
                  NEW.status_code := support_desk_status_code(NEW.status);
                END IF;
                RETURN NEW;
              END
              $function$;
            """;

    /** Says what it does. */
    public MapStatus() {}

    @Override
    public void define(MigrationBuilder migration) {
        expand(migration);
        backfill(migration);
        contract(migration);
        undo(migration);
    }

    private static void expand(MigrationBuilder migration) {
        migration.expand(sql("""
                        -- A column of its own beside the old one: the old application goes on with status, the new one uses status_code, and
                        -- a trigger keeps the two in step whichever of them is written.
                        ALTER TABLE tickets ADD COLUMN status_code text;""" + STATUS_CODE + SYNC_STATUS));
        migration.expand(sql("""
                        -- Only where the two differ: the backfill writes what belongs together and passes by for the price of a comparison.
                        CREATE TRIGGER support_desk_sync_status BEFORE INSERT OR UPDATE OF status, status_code ON tickets
                          FOR EACH ROW WHEN (NEW.status_code IS DISTINCT FROM support_desk_status_code(NEW.status))
                          EXECUTE FUNCTION support_desk_sync_status();"""));
    }

    private static void backfill(MigrationBuilder migration) {
        migration.backfill(sql("""
                        UPDATE tickets
                           SET status_code = support_desk_status_code(status)
                         WHERE ${chunk}
                           AND status_code IS NULL;""").over("tickets").key("id").name("status-code"));
        migration.verify(sql("""
                        -- A status outside the mapping ends here, as a number that stops the contract, and stays in the old column untouched.
                        -- Mend it there (UPDATE tickets SET status = 'pending' WHERE status = 'on_hold'): the trigger fills status_code.
                        SELECT count(*) FROM tickets
                         WHERE status NOT IN ('open', 'in_progress', 'pending', 'resolved', 'closed');""").name("every-status-known"));
        migration.verify(sql("""
                        SELECT count(*) FROM tickets
                         WHERE (status, status_code) NOT IN (
                                 ('open', 'OPEN'),
                                 ('in_progress', 'IN_PROGRESS'),
                                 ('pending', 'WAITING_ON_CUSTOMER'),
                                 ('resolved', 'RESOLVED'),
                                 ('closed', 'CLOSED'))
                            OR status_code IS NULL;""").name("status-code-matches"));
    }

    private static void contract(MigrationBuilder migration) {
        migration.contract(sql("""
                        ALTER TABLE tickets ADD CONSTRAINT ticket_status_code_known
                          CHECK (status_code IS NOT NULL
                             AND status_code IN ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'RESOLVED', 'CLOSED')) NOT VALID;"""));
        migration.contract(sql("ALTER TABLE tickets VALIDATE CONSTRAINT ticket_status_code_known;"));
        migration.contract(sql("ALTER TABLE tickets ALTER COLUMN status_code SET NOT NULL;"));
    }

    private static void undo(MigrationBuilder migration) {
        migration.undoContract(sql("""
                        ALTER TABLE tickets ALTER COLUMN status_code DROP NOT NULL, DROP CONSTRAINT ticket_status_code_known;"""));
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_sync_status ON tickets;
                        DROP FUNCTION support_desk_sync_status();
                        DROP FUNCTION support_desk_status_code(text);
                        ALTER TABLE tickets DROP COLUMN status_code;"""));
    }
}
