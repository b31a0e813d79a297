package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Sql.sql;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;

/** Makes the ids of tickets bigint, and what points to them. */
@Revision(
        id = "sd009",
        revises = "sd008",
        message = "make the ids of tickets bigint, and what points to them",
        created = "2026-11-21T10:20:00Z")
public final class WidenTicketIds implements Migration {
    private static final String WIDEN_TICKET = """
            CREATE FUNCTION support_desk_widen_ticket() RETURNS trigger
              LANGUAGE plpgsql
              AS $function$
              BEGIN
                NEW.id_wide := NEW.id;
                RETURN NEW;
              END
              $function$;
            """;

    private static final String WIDEN_COMMENT = """
            CREATE FUNCTION support_desk_widen_comment() RETURNS trigger
              LANGUAGE plpgsql
              AS $function$
              BEGIN
                NEW.ticket_id_wide := NEW.ticket_id;
                RETURN NEW;
              END
              $function$;
            """;

    // The narrow columns go on being filled as long as the way back is open and ids are small enough.
    private static final String NARROW_TICKET = """
            CREATE FUNCTION support_desk_narrow_ticket() RETURNS trigger
              LANGUAGE plpgsql
              AS $function$
              BEGIN
                NEW.id_narrow := CASE WHEN NEW.id BETWEEN -2147483648 AND 2147483647 THEN NEW.id END;
                RETURN NEW;
              END
              $function$;
            """;

    private static final String NARROW_COMMENT = """
            CREATE FUNCTION support_desk_narrow_comment() RETURNS trigger
              LANGUAGE plpgsql
              AS $function$
              BEGIN
                NEW.ticket_id_narrow := CASE WHEN NEW.ticket_id BETWEEN -2147483648 AND 2147483647 THEN NEW.ticket_id END;
                RETURN NEW;
              END
              $function$;
            """;

    /** Says what it does. */
    public WidenTicketIds() {}

    @Override
    public void define(MigrationBuilder migration) {
        expand(migration);
        backfill(migration);
        requireWideIds(migration);
        pointToWideIds(migration);
        handNamesOver(migration);
        requireNarrowIds(migration);
        pointToNarrowIds(migration);
        handNamesBack(migration);
        undoExpand(migration);
    }

    private static void expand(MigrationBuilder migration) {
        migration.expand(sql("ALTER TABLE tickets ADD COLUMN id_wide bigint;" + WIDEN_TICKET));
        migration.expand(sql("""
                        CREATE TRIGGER support_desk_widen_ticket BEFORE INSERT OR UPDATE OF id, id_wide ON tickets
                          FOR EACH ROW WHEN (NEW.id_wide IS DISTINCT FROM NEW.id) EXECUTE FUNCTION support_desk_widen_ticket();"""));
        migration.expand(sql("ALTER TABLE comments ADD COLUMN ticket_id_wide bigint;" + WIDEN_COMMENT));
        migration.expand(sql("""
                        CREATE TRIGGER support_desk_widen_comment BEFORE INSERT OR UPDATE OF ticket_id, ticket_id_wide ON comments
                          FOR EACH ROW WHEN (NEW.ticket_id_wide IS DISTINCT FROM NEW.ticket_id) EXECUTE FUNCTION support_desk_widen_comment();"""));
    }

    private static void backfill(MigrationBuilder migration) {
        migration.backfill(sql("UPDATE tickets SET id_wide = id WHERE ${chunk} AND id_wide IS NULL;")
                .over("tickets")
                .key("id")
                .name("tickets"));
        migration.backfill(
                sql("UPDATE comments SET ticket_id_wide = ticket_id WHERE ${chunk} AND ticket_id_wide IS NULL;")
                        .over("comments")
                        .key("id")
                        .name("comments"));
        migration.verify(sql("SELECT count(*) FROM tickets WHERE id_wide IS DISTINCT FROM id;")
                .name("tickets-equal"));
        migration.verify(sql("SELECT count(*) FROM comments WHERE ticket_id_wide IS DISTINCT FROM ticket_id;")
                .name("comments-equal"));
    }

    private static void requireWideIds(MigrationBuilder migration) {
        migration.contract(sql("""
                        CREATE UNIQUE INDEX CONCURRENTLY tickets_id_wide_key ON tickets (id_wide);
                        CREATE INDEX CONCURRENTLY ix_comments_ticket_wide ON comments (ticket_id_wide);""").withoutTransaction());
        migration.contract(
                sql("ALTER TABLE tickets ADD CONSTRAINT ticket_id_wide_set CHECK (id_wide IS NOT NULL) NOT VALID;"));
        migration.contract(sql("ALTER TABLE tickets VALIDATE CONSTRAINT ticket_id_wide_set;"));
        migration.contract(sql("ALTER TABLE tickets ALTER COLUMN id_wide SET NOT NULL;"));
        migration.contract(sql("ALTER TABLE tickets DROP CONSTRAINT ticket_id_wide_set;"));
        migration.contract(sql("""
                        ALTER TABLE comments ADD CONSTRAINT comment_ticket_id_wide_set CHECK (ticket_id_wide IS NOT NULL) NOT VALID;"""));
        migration.contract(sql("ALTER TABLE comments VALIDATE CONSTRAINT comment_ticket_id_wide_set;"));
        migration.contract(sql("ALTER TABLE comments ALTER COLUMN ticket_id_wide SET NOT NULL;"));
        migration.contract(sql("ALTER TABLE comments DROP CONSTRAINT comment_ticket_id_wide_set;"));
    }

    private static void pointToWideIds(MigrationBuilder migration) {
        migration.contract(sql("""
                        ALTER TABLE comments
                          ADD CONSTRAINT comments_ticket_wide_fk FOREIGN KEY (ticket_id_wide) REFERENCES tickets (id_wide) NOT VALID;"""));
        migration.contract(sql("ALTER TABLE comments VALIDATE CONSTRAINT comments_ticket_wide_fk;"));
        migration.contract(sql("""
                        ALTER TABLE customer_satisfaction
                          ADD CONSTRAINT satisfaction_ticket_wide_fk FOREIGN KEY (ticket_id) REFERENCES tickets (id_wide) NOT VALID;"""));
        migration.contract(sql("ALTER TABLE customer_satisfaction VALIDATE CONSTRAINT satisfaction_ticket_wide_fk;"));
    }

    private static void handNamesOver(MigrationBuilder migration) {
        migration.contract(sql("""
                        -- The names change hands. Nothing here reads a row, and all that it needs is locked before it begins.
                        -- athanor:allow TX6 the names must change in one moment; nothing in it reads a row
                        LOCK TABLE comments, customer_satisfaction, tickets IN ACCESS EXCLUSIVE MODE;
                        DROP TRIGGER support_desk_widen_comment ON comments;
                        DROP TRIGGER support_desk_widen_ticket ON tickets;
                        DROP FUNCTION support_desk_widen_comment();
                        DROP FUNCTION support_desk_widen_ticket();
                        ALTER TABLE comments DROP CONSTRAINT comments_ticket_fk;
                        ALTER TABLE customer_satisfaction DROP CONSTRAINT satisfaction_ticket_fk;
                        ALTER TABLE tickets DROP CONSTRAINT tickets_pkey;
                        -- athanor:allow CO14 the column is kept for the way back only
                        ALTER TABLE tickets ALTER COLUMN id DROP NOT NULL, ALTER COLUMN id DROP DEFAULT;
                        -- athanor:allow CL8 two columns change their names in one transaction: nobody sees either missing
                        ALTER TABLE tickets RENAME COLUMN id TO id_narrow;
                        -- athanor:allow CL8 two columns change their names in one transaction: nobody sees either missing
                        ALTER TABLE tickets RENAME COLUMN id_wide TO id;
                        ALTER TABLE tickets ADD CONSTRAINT tickets_pkey PRIMARY KEY USING INDEX tickets_id_wide_key;
                        ALTER TABLE tickets ALTER COLUMN id SET DEFAULT nextval('tickets_id_seq');
                        ALTER SEQUENCE tickets_id_seq AS bigint OWNED BY tickets.id;
                        -- athanor:allow CO14 the column is kept for the way back only
                        ALTER TABLE comments ALTER COLUMN ticket_id DROP NOT NULL;
                        -- athanor:allow CL8 two columns change their names in one transaction: nobody sees either missing
                        ALTER TABLE comments RENAME COLUMN ticket_id TO ticket_id_narrow;
                        -- athanor:allow CL8 two columns change their names in one transaction: nobody sees either missing
                        ALTER TABLE comments RENAME COLUMN ticket_id_wide TO ticket_id;
                        ALTER TABLE comments RENAME CONSTRAINT comments_ticket_wide_fk TO comments_ticket_fk;
                        ALTER TABLE customer_satisfaction RENAME CONSTRAINT satisfaction_ticket_wide_fk TO satisfaction_ticket_fk;
                        ALTER INDEX ix_comments_ticket RENAME TO ix_comments_ticket_narrow;
                        ALTER INDEX ix_comments_ticket_wide RENAME TO ix_comments_ticket;""" + NARROW_TICKET + NARROW_COMMENT + """
                        -- athanor:allow TB13 no write may come between the switch and the trigger
                        CREATE TRIGGER support_desk_narrow_ticket BEFORE INSERT OR UPDATE OF id ON tickets
                          FOR EACH ROW EXECUTE FUNCTION support_desk_narrow_ticket();
                        -- athanor:allow TB13 no write may come between the switch and the trigger
                        CREATE TRIGGER support_desk_narrow_comment BEFORE INSERT OR UPDATE OF ticket_id ON comments
                          FOR EACH ROW EXECUTE FUNCTION support_desk_narrow_comment();"""));
    }

    private static void requireNarrowIds(MigrationBuilder migration) {
        migration.undoContract(sql("""
                        -- Looks first, because the check below would refuse the next wide id of the application at once.
                        -- athanor:allow RW1 it reads one table
                        DO $check$
                        BEGIN
                          IF EXISTS (SELECT FROM tickets WHERE id_narrow IS NULL) THEN
                            RAISE check_violation USING MESSAGE = 'tickets have ids that no integer can hold: there is no way back';
                          END IF;
                        END
                        $check$;"""));
        migration.undoContract(sql("CREATE UNIQUE INDEX CONCURRENTLY tickets_id_narrow_key ON tickets (id_narrow);")
                .withoutTransaction());
        migration.undoContract(sql(
                "ALTER TABLE tickets ADD CONSTRAINT ticket_id_narrow_set CHECK (id_narrow IS NOT NULL) NOT VALID;"));
        migration.undoContract(sql("ALTER TABLE tickets VALIDATE CONSTRAINT ticket_id_narrow_set;"));
        migration.undoContract(sql("ALTER TABLE tickets ALTER COLUMN id_narrow SET NOT NULL;"));
        migration.undoContract(sql("ALTER TABLE tickets DROP CONSTRAINT ticket_id_narrow_set;"));
        migration.undoContract(sql("""
                        ALTER TABLE comments ADD CONSTRAINT comment_ticket_id_narrow_set CHECK (ticket_id_narrow IS NOT NULL) NOT VALID;"""));
        migration.undoContract(sql("ALTER TABLE comments VALIDATE CONSTRAINT comment_ticket_id_narrow_set;"));
        migration.undoContract(sql("ALTER TABLE comments ALTER COLUMN ticket_id_narrow SET NOT NULL;"));
        migration.undoContract(sql("ALTER TABLE comments DROP CONSTRAINT comment_ticket_id_narrow_set;"));
    }

    private static void pointToNarrowIds(MigrationBuilder migration) {
        migration.undoContract(sql("""
                        ALTER TABLE comments
                          ADD CONSTRAINT comments_ticket_narrow_fk FOREIGN KEY (ticket_id_narrow) REFERENCES tickets (id_narrow) NOT VALID;"""));
        migration.undoContract(sql("ALTER TABLE comments VALIDATE CONSTRAINT comments_ticket_narrow_fk;"));
        migration.undoContract(sql("""
                        ALTER TABLE customer_satisfaction
                          ADD CONSTRAINT satisfaction_ticket_narrow_fk FOREIGN KEY (ticket_id) REFERENCES tickets (id_narrow) NOT VALID;"""));
        migration.undoContract(
                sql("ALTER TABLE customer_satisfaction VALIDATE CONSTRAINT satisfaction_ticket_narrow_fk;"));
    }

    private static void handNamesBack(MigrationBuilder migration) {
        migration.undoContract(sql("""
                        -- athanor:allow TX6 the names must change in one moment; nothing in it reads a row
                        LOCK TABLE comments, customer_satisfaction, tickets IN ACCESS EXCLUSIVE MODE;
                        DROP TRIGGER support_desk_narrow_comment ON comments;
                        DROP TRIGGER support_desk_narrow_ticket ON tickets;
                        DROP FUNCTION support_desk_narrow_comment();
                        DROP FUNCTION support_desk_narrow_ticket();
                        ALTER TABLE comments DROP CONSTRAINT comments_ticket_fk;
                        ALTER TABLE customer_satisfaction DROP CONSTRAINT satisfaction_ticket_fk;
                        ALTER TABLE tickets DROP CONSTRAINT tickets_pkey;
                        ALTER TABLE tickets ALTER COLUMN id DROP NOT NULL, ALTER COLUMN id DROP DEFAULT;
                        ALTER TABLE tickets RENAME COLUMN id TO id_wide;
                        ALTER TABLE tickets RENAME COLUMN id_narrow TO id;
                        ALTER TABLE tickets ADD CONSTRAINT tickets_pkey PRIMARY KEY USING INDEX tickets_id_narrow_key;
                        ALTER TABLE tickets ALTER COLUMN id SET DEFAULT nextval('tickets_id_seq');
                        ALTER SEQUENCE tickets_id_seq AS integer OWNED BY tickets.id;
                        ALTER TABLE comments ALTER COLUMN ticket_id DROP NOT NULL;
                        ALTER TABLE comments RENAME COLUMN ticket_id TO ticket_id_wide;
                        ALTER TABLE comments RENAME COLUMN ticket_id_narrow TO ticket_id;
                        ALTER TABLE comments RENAME CONSTRAINT comments_ticket_narrow_fk TO comments_ticket_fk;
                        ALTER TABLE customer_satisfaction RENAME CONSTRAINT satisfaction_ticket_narrow_fk TO satisfaction_ticket_fk;
                        ALTER INDEX ix_comments_ticket RENAME TO ix_comments_ticket_wide;
                        ALTER INDEX ix_comments_ticket_narrow RENAME TO ix_comments_ticket;""" + WIDEN_TICKET + WIDEN_COMMENT + """
                        -- athanor:allow TB13 no write may come between the switch and the trigger
                        CREATE TRIGGER support_desk_widen_ticket BEFORE INSERT OR UPDATE OF id, id_wide ON tickets
                          FOR EACH ROW WHEN (NEW.id_wide IS DISTINCT FROM NEW.id) EXECUTE FUNCTION support_desk_widen_ticket();
                        -- athanor:allow TB13 no write may come between the switch and the trigger
                        CREATE TRIGGER support_desk_widen_comment BEFORE INSERT OR UPDATE OF ticket_id, ticket_id_wide ON comments
                          FOR EACH ROW WHEN (NEW.ticket_id_wide IS DISTINCT FROM NEW.ticket_id) EXECUTE FUNCTION support_desk_widen_comment();"""));
        migration.undoContract(sql("DROP INDEX CONCURRENTLY IF EXISTS ix_comments_ticket_wide;")
                .withoutTransaction());
    }

    private static void undoExpand(MigrationBuilder migration) {
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_widen_comment ON comments;
                        DROP FUNCTION support_desk_widen_comment();
                        ALTER TABLE comments DROP COLUMN ticket_id_wide;"""));
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_widen_ticket ON tickets;
                        DROP FUNCTION support_desk_widen_ticket();
                        ALTER TABLE tickets DROP COLUMN id_wide;"""));
    }
}
