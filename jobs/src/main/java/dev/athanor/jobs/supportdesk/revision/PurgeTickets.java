package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Sql.sql;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;

/** Deletes from the live tables what stands in the archive. */
@Revision(
        id = "sd012",
        revises = "sd011",
        message = "delete from the live tables what stands in the archive",
        created = "2026-11-21T10:50:00Z")
public final class PurgeTickets implements Migration {
    /** Says what it does. */
    public PurgeTickets() {}

    @Override
    public void define(MigrationBuilder migration) {
        migration.backfill(sql("""
                        -- A ticket goes with all that hangs on it, in one statement, and only when the archive holds the very same.
                        WITH due AS (
                          SELECT t.id FROM tickets AS t JOIN tickets_archive AS a ON a.id = t.id
                           WHERE ${chunk:t}
                             AND t.deleted_at < now() - interval '30 days'
                             AND to_jsonb(t) = to_jsonb(a) - 'archived_at'
                             AND NOT EXISTS (SELECT FROM comments AS c LEFT JOIN comments_archive AS k ON k.id = c.id
                                              WHERE c.ticket_id = t.id AND to_jsonb(c) IS DISTINCT FROM to_jsonb(k))
                             AND NOT EXISTS (SELECT FROM customer_satisfaction AS s LEFT JOIN customer_satisfaction_archive AS k ON k.id = s.id
                                              WHERE s.ticket_id = t.id AND to_jsonb(s) IS DISTINCT FROM to_jsonb(k))
                             FOR UPDATE OF t),
                        gone_comments AS (DELETE FROM comments AS c USING due WHERE c.ticket_id = due.id),
                        gone_ratings AS (DELETE FROM customer_satisfaction AS s USING due WHERE s.ticket_id = due.id)
                        DELETE FROM tickets AS t USING due WHERE t.id = due.id;""").over("tickets").key("id").name("purge"));
        migration.verify(sql("""
                        -- What has come of age since the archive was made is not in it, and stays.
                        SELECT count(*) FROM tickets AS t JOIN tickets_archive AS a ON a.id = t.id
                         WHERE t.deleted_at < now() - interval '30 days';""").name("purged"));
        migration.verify(sql("""
                        SELECT count(*) FROM comments_archive AS k LEFT JOIN comments AS c ON c.id = k.id LEFT JOIN tickets AS t ON t.id = k.ticket_id
                         WHERE (c.id IS NULL) <> (t.id IS NULL);""").name("nothing-half-gone"));
        migration.undoBackfill(sql("""
                        INSERT INTO tickets
                        SELECT (jsonb_populate_record(NULL::tickets, to_jsonb(a))).* FROM tickets_archive AS a
                         WHERE NOT EXISTS (SELECT FROM tickets AS t WHERE t.id = a.id);
                        INSERT INTO comments
                        SELECT k.* FROM comments_archive AS k
                         WHERE NOT EXISTS (SELECT FROM comments AS c WHERE c.id = k.id);
                        INSERT INTO customer_satisfaction
                        SELECT k.* FROM customer_satisfaction_archive AS k
                         WHERE NOT EXISTS (SELECT FROM customer_satisfaction AS s WHERE s.id = k.id);"""));
    }
}
