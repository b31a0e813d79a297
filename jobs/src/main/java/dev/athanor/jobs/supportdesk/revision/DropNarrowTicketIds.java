package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Sql.sql;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;

/** Drops the integer columns that the ids of tickets had before. */
@Revision(
        id = "sd010",
        revises = "sd009",
        message = "drop the integer columns that the ids of tickets had before",
        created = "2026-11-21T10:30:00Z",
        irreversible = "from now on ids may be given that no integer can hold")
public final class DropNarrowTicketIds implements Migration {
    /** Says what it does. */
    public DropNarrowTicketIds() {}

    @Override
    public void define(MigrationBuilder migration) {
        migration.contract(sql("DROP INDEX CONCURRENTLY IF EXISTS ix_comments_ticket_narrow;")
                .withoutTransaction());
        migration.contract(sql("""
                        DROP TRIGGER support_desk_narrow_comment ON comments;
                        DROP FUNCTION support_desk_narrow_comment();
                        -- athanor:allow CL9 nobody but the trigger knew it, and its index is gone
                        ALTER TABLE comments DROP COLUMN ticket_id_narrow;"""));
        migration.contract(sql("""
                        DROP TRIGGER support_desk_narrow_ticket ON tickets;
                        DROP FUNCTION support_desk_narrow_ticket();
                        -- athanor:allow CL9 nobody but the trigger knew it
                        ALTER TABLE tickets DROP COLUMN id_narrow;"""));
    }
}
