package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Sql.sql;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;

/** Finds tickets by the words of their subject and description. */
@Revision(
        id = "sd008",
        revises = "sd007",
        message = "find tickets by the words of their subject and description",
        created = "2026-11-21T10:10:00Z")
public final class AddFullText implements Migration {
    // The language is named: with default_text_search_config the same text would be cut otherwise in another session.
    // A tsvector holds 1 MB, and what does not fit is an error for whoever writes the ticket: so only the beginning of
    // a long text can be found.
    private static final String SEARCH = """
            CREATE FUNCTION support_desk_search(subject text, description text) RETURNS tsvector
              LANGUAGE sql IMMUTABLE PARALLEL SAFE
              AS $function$
                SELECT setweight(to_tsvector('pg_catalog.english', left(coalesce(subject, ''), 1000)), 'A')
                    || setweight(to_tsvector('pg_catalog.english', left(coalesce(description, ''), 100000)), 'B')
              $function$;
            """;

    private static final String SET_SEARCH = """
            CREATE FUNCTION support_desk_set_search() RETURNS trigger
              LANGUAGE plpgsql SET search_path FROM CURRENT
              AS $function$
              BEGIN
                NEW.search := support_desk_search(NEW.subject, NEW.description);
                RETURN NEW;
              END
              $function$;
            """;

    /** Says what it does. */
    public AddFullText() {}

    @Override
    public void define(MigrationBuilder migration) {
        migration.expand(sql("""
                        -- A generated column would rewrite the whole table under its strongest lock; so a plain one and a trigger.
                        ALTER TABLE tickets ADD COLUMN search tsvector;""" + SEARCH + SET_SEARCH));
        migration.expand(sql("""
                        CREATE TRIGGER support_desk_set_search BEFORE INSERT OR UPDATE OF subject, description ON tickets
                          FOR EACH ROW EXECUTE FUNCTION support_desk_set_search();"""));
        migration.backfill(sql("""
                        UPDATE tickets
                           SET search = support_desk_search(subject, description)
                         WHERE ${chunk}
                           AND search IS NULL;""").over("tickets").key("id").name("search"));
        migration.verify(sql("""
                        SELECT count(*) FROM tickets WHERE search IS DISTINCT FROM support_desk_search(subject, description);""").name("every-text-indexed"));
        migration.contract(sql("""
                        -- Behind the backfill: an inverted index that is there while every row changes costs several times as much.
                        CREATE INDEX CONCURRENTLY ix_tickets_search ON tickets USING gin (search);""").withoutTransaction());
        migration.contract(
                sql("ALTER TABLE tickets ADD CONSTRAINT ticket_search_set CHECK (search IS NOT NULL) NOT VALID;"));
        migration.contract(sql("ALTER TABLE tickets VALIDATE CONSTRAINT ticket_search_set;"));
        migration.contract(sql("ALTER TABLE tickets ALTER COLUMN search SET NOT NULL;"));
        migration.contract(sql("ALTER TABLE tickets DROP CONSTRAINT ticket_search_set;"));
        migration.undoContract(sql("ALTER TABLE tickets ALTER COLUMN search DROP NOT NULL;"));
        migration.undoContract(
                sql("DROP INDEX CONCURRENTLY IF EXISTS ix_tickets_search;").withoutTransaction());
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_set_search ON tickets;
                        DROP FUNCTION support_desk_set_search();
                        DROP FUNCTION support_desk_search(text, text);
                        ALTER TABLE tickets DROP COLUMN search;"""));
    }
}
