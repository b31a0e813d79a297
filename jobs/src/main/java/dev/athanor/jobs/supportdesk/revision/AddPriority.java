package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Sql.sql;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;

/** Gives every ticket a priority, told by its subject and channel. */
@Revision(
        id = "sd001",
        labels = "support-desk",
        message = "give every ticket a priority, told by its subject and channel",
        created = "2026-11-21T09:00:00Z")
public final class AddPriority implements Migration {
    // The one place that knows the rule. PostgreSQL inlines it into the backfill and the verification.
    private static final String PRIORITY = """
            CREATE FUNCTION support_desk_priority(subject text, channel text) RETURNS text
              LANGUAGE sql IMMUTABLE PARALLEL SAFE
              AS $function$
                SELECT CASE
                  WHEN subject ~* '(outage|\\mdown\\M|data loss|security)' THEN 'urgent'
                  WHEN channel = 'phone' OR subject ~* '(crash|error|locked|cannot)' THEN 'high'
                  WHEN subject ~* '(question|feature request|how do i)' THEN 'low'
                  ELSE 'normal'
                END
              $function$;
            """;

    // Tickets that the old application writes from now on; it does not know the column.
    private static final String SET_PRIORITY = """
            CREATE FUNCTION support_desk_set_priority() RETURNS trigger
              LANGUAGE plpgsql SET search_path FROM CURRENT
              AS $function$
              BEGIN
                NEW.priority := support_desk_priority(NEW.subject, NEW.channel);
                RETURN NEW;
              END
              $function$;
            """;

    /** Says what it does. */
    public AddPriority() {}

    @Override
    public void define(MigrationBuilder migration) {
        migration.expand(sql("""
                        -- No default: NULL says that nobody has decided yet, so the backfill never overrules an agent.
                        ALTER TABLE tickets ADD COLUMN priority text;""" + PRIORITY + SET_PRIORITY));
        migration.expand(sql("""
                        CREATE TRIGGER support_desk_set_priority BEFORE INSERT ON tickets
                          FOR EACH ROW WHEN (NEW.priority IS NULL) EXECUTE FUNCTION support_desk_set_priority();"""));
        migration.backfill(sql("""
                        UPDATE tickets
                           SET priority = support_desk_priority(subject, channel)
                         WHERE ${chunk}
                           AND priority IS NULL;""").over("tickets").key("id").name("priority"));
        migration.verify(sql("""
                        SELECT count(*) FROM tickets
                         WHERE priority IS NULL OR priority NOT IN ('low', 'normal', 'high', 'urgent');""").name("priority-known"));
        migration.contract(sql("""
                        -- The queue by priority. Built here, after the backfill: an index that is there while a million rows change only
                        -- makes each change dearer. A failed build leaves an invalid index; the next run drops it and builds anew.
                        CREATE INDEX CONCURRENTLY ix_tickets_priority ON tickets (priority, created_at) WHERE resolved_at IS NULL;""").withoutTransaction());
        migration.contract(sql("""
                        ALTER TABLE tickets ADD CONSTRAINT ticket_priority_known
                          CHECK (priority IS NOT NULL AND priority IN ('low', 'normal', 'high', 'urgent')) NOT VALID;"""));
        migration.contract(sql("ALTER TABLE tickets VALIDATE CONSTRAINT ticket_priority_known;"));
        migration.contract(sql("""
                        -- The validated check proves it, so PostgreSQL does not scan the table under its strongest lock.
                        ALTER TABLE tickets ALTER COLUMN priority SET NOT NULL;"""));
        migration.undoContract(
                sql("ALTER TABLE tickets ALTER COLUMN priority DROP NOT NULL, DROP CONSTRAINT ticket_priority_known;"));
        migration.undoContract(
                sql("DROP INDEX CONCURRENTLY IF EXISTS ix_tickets_priority;").withoutTransaction());
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_set_priority ON tickets;
                        DROP FUNCTION support_desk_set_priority();
                        DROP FUNCTION support_desk_priority(text, text);
                        ALTER TABLE tickets DROP COLUMN priority;"""));
    }
}
