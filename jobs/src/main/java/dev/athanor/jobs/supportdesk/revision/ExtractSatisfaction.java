package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Sql.sql;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;

/** Moves the ratings out of the tickets into a table of their own. */
@Revision(
        id = "sd007",
        revises = "sd006",
        message = "move the ratings out of the tickets into a table of their own",
        created = "2026-11-21T10:00:00Z")
public final class ExtractSatisfaction implements Migration {
    // Each side writes the other only where the two differ, so the answer to an answer is nothing.
    private static final String RATING_TO_TABLE = """
            CREATE FUNCTION support_desk_rating_to_table() RETURNS trigger
              LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
              AS $function$
              BEGIN
                IF NEW.satisfaction_score IS NULL THEN
                  DELETE FROM customer_satisfaction WHERE ticket_id = NEW.id;
                ELSE
                  INSERT INTO customer_satisfaction AS s (ticket_id, score, remark, created_at)
                  VALUES (NEW.id, NEW.satisfaction_score, NEW.satisfaction_remark, coalesce(NEW.satisfaction_at, now()))
                      ON CONFLICT (ticket_id) DO UPDATE
                     SET score = excluded.score, remark = excluded.remark, created_at = excluded.created_at
                   WHERE (s.score, s.remark, s.created_at) IS DISTINCT FROM (excluded.score, excluded.remark, excluded.created_at);
                END IF;
                RETURN NULL;
              END
              $function$;
            """;

    private static final String RATING_TO_TICKET = """
            CREATE FUNCTION support_desk_rating_to_ticket() RETURNS trigger
              LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
              AS $function$
              BEGIN
                IF TG_OP = 'DELETE' THEN
                  UPDATE tickets SET satisfaction_score = NULL, satisfaction_remark = NULL, satisfaction_at = NULL
                   WHERE id = OLD.ticket_id AND satisfaction_score IS NOT NULL;
                ELSE
                  UPDATE tickets
                     SET satisfaction_score = NEW.score, satisfaction_remark = NEW.remark, satisfaction_at = NEW.created_at
                   WHERE id = NEW.ticket_id
                     AND (satisfaction_score, satisfaction_remark, satisfaction_at)
                         IS DISTINCT FROM (NEW.score, NEW.remark, NEW.created_at);
                END IF;
                RETURN NULL;
              END
              $function$;
            """;

    // A thousand ratings at a time, so that nobody waits for long. The lock makes whoever changes one at this moment
    // wait, so that the ticket never gets an older rating than the trigger would give it.
    private static final String FILL = """
            -- athanor:allow RW1 what it runs stands in it word for word
            -- athanor:allow DM1 a thousand rows in a transaction of their own
            DO $fill$
            DECLARE
              done bigint := (SELECT min(ticket_id) - 1 FROM customer_satisfaction);
              upto bigint;
            BEGIN
              LOOP
                SELECT max(ticket_id) INTO upto
                  FROM (SELECT ticket_id FROM customer_satisfaction WHERE ticket_id > done ORDER BY ticket_id LIMIT 1000) AS block;
                EXIT WHEN upto IS NULL;
                WITH rated AS (
                  SELECT ticket_id, score, remark, created_at FROM customer_satisfaction
                   WHERE ticket_id > done AND ticket_id <= upto
                   ORDER BY ticket_id FOR SHARE)
                UPDATE tickets AS t
                   SET satisfaction_score = s.score, satisfaction_remark = s.remark, satisfaction_at = s.created_at
                  FROM rated AS s
                 WHERE s.ticket_id = t.id
                   AND (t.satisfaction_score, t.satisfaction_remark, t.satisfaction_at) IS DISTINCT FROM (s.score, s.remark, s.created_at);
                COMMIT;
                done := upto;
              END LOOP;
            END
            $fill$;""";

    private static final String CHECK = """
            -- athanor:allow RW1 it only reads
            DO $check$
            DECLARE
              wrong bigint;
            BEGIN
              SELECT count(*) INTO wrong
                FROM tickets AS t FULL JOIN customer_satisfaction AS s ON s.ticket_id = t.id
               WHERE (t.satisfaction_score, t.satisfaction_remark, t.satisfaction_at) IS DISTINCT FROM (s.score, s.remark, s.created_at);
              IF wrong > 0 THEN
                RAISE EXCEPTION 'ratings that differ between tickets and customer_satisfaction: %', wrong
                  USING HINT = 'Write the wrong ones anew on the side that is right, a trigger carries them over, and run the downgrade again.';
              END IF;
            END
            $check$;""";

    /** Says what it does. */
    public ExtractSatisfaction() {}

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
                        -- athanor:allow TY1 a score from 1 to 5
                        CREATE TABLE customer_satisfaction (
                          id          bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
                          ticket_id   bigint NOT NULL UNIQUE,
                          score       smallint NOT NULL CHECK (score BETWEEN 1 AND 5),
                          remark      text,
                          created_at  timestamptz NOT NULL DEFAULT now()
                        );""" + RATING_TO_TABLE + RATING_TO_TICKET));
        migration.expand(sql("""
                        -- The old application deletes a ticket with its rating, because they are one row to it.
                        ALTER TABLE customer_satisfaction
                          ADD CONSTRAINT satisfaction_ticket_both_fk FOREIGN KEY (ticket_id) REFERENCES tickets ON DELETE CASCADE NOT VALID;"""));
        migration.expand(sql("""
                        CREATE TRIGGER support_desk_rating_to_table_new AFTER INSERT ON tickets
                          FOR EACH ROW WHEN (NEW.satisfaction_score IS NOT NULL) EXECUTE FUNCTION support_desk_rating_to_table();
                        CREATE TRIGGER support_desk_rating_to_table AFTER UPDATE OF satisfaction_score, satisfaction_remark, satisfaction_at ON tickets
                          FOR EACH ROW EXECUTE FUNCTION support_desk_rating_to_table();"""));
        migration.expand(sql("""
                        CREATE TRIGGER support_desk_rating_to_ticket AFTER INSERT OR UPDATE OR DELETE ON customer_satisfaction
                          FOR EACH ROW EXECUTE FUNCTION support_desk_rating_to_ticket();"""));
    }

    private static void backfill(MigrationBuilder migration) {
        migration.backfill(sql("""
                        -- The lock makes whoever takes a rating back at this moment wait, so that it is not copied behind him.
                        INSERT INTO customer_satisfaction (ticket_id, score, remark, created_at)
                        SELECT id, satisfaction_score, satisfaction_remark, coalesce(satisfaction_at, resolved_at, created_at)
                          FROM tickets
                         WHERE ${chunk}
                           AND satisfaction_score IS NOT NULL
                           FOR SHARE
                            ON CONFLICT (ticket_id) DO NOTHING;""").over("tickets").key("id").name("ratings"));
        migration.verify(sql("""
                        SELECT count(*) FROM tickets AS t FULL JOIN customer_satisfaction AS s ON s.ticket_id = t.id
                         WHERE (t.satisfaction_score, t.satisfaction_remark, t.satisfaction_at) IS DISTINCT FROM (s.score, s.remark, s.created_at);""").name("every-rating-equal"));
    }

    private static void contract(MigrationBuilder migration) {
        migration.contract(sql("""
                        -- From now on a ticket is not deleted while it has a rating, nor while it has comments.
                        ALTER TABLE customer_satisfaction
                          ADD CONSTRAINT satisfaction_ticket_fk FOREIGN KEY (ticket_id) REFERENCES tickets NOT VALID;"""));
        migration.contract(sql("ALTER TABLE customer_satisfaction VALIDATE CONSTRAINT satisfaction_ticket_fk;"));
        migration.contract(sql("ALTER TABLE customer_satisfaction DROP CONSTRAINT satisfaction_ticket_both_fk;"));
        migration.contract(sql("DROP TRIGGER support_desk_rating_to_ticket ON customer_satisfaction;"));
        migration.contract(sql("""
                        DROP TRIGGER support_desk_rating_to_table ON tickets;
                        DROP TRIGGER support_desk_rating_to_table_new ON tickets;
                        DROP FUNCTION support_desk_rating_to_table();
                        DROP FUNCTION support_desk_rating_to_ticket();"""));
        migration.contract(sql("""
                        -- athanor:allow CL9 only an old application reads them, and contract means that there is none
                        ALTER TABLE tickets
                          DROP COLUMN satisfaction_score,
                          DROP COLUMN satisfaction_remark,
                          DROP COLUMN satisfaction_at;"""));
    }

    private static void undo(MigrationBuilder migration) {
        migration.undoContract(sql("""
                        -- Functions with the rights of their owner look for temporary tables last, because anybody may make those.
                        SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true);
                        -- athanor:allow TY1 a score from 1 to 5
                        ALTER TABLE tickets
                          ADD COLUMN satisfaction_score smallint,
                          ADD COLUMN satisfaction_remark text,
                          ADD COLUMN satisfaction_at timestamptz;""" + RATING_TO_TABLE + RATING_TO_TICKET));
        migration.undoContract(sql("""
                        ALTER TABLE tickets
                          ADD CONSTRAINT tickets_satisfaction_score_check CHECK (satisfaction_score BETWEEN 1 AND 5) NOT VALID;"""));
        migration.undoContract(sql("ALTER TABLE tickets VALIDATE CONSTRAINT tickets_satisfaction_score_check;"));
        migration.undoContract(sql("""
                        CREATE TRIGGER support_desk_rating_to_ticket AFTER INSERT OR UPDATE OR DELETE ON customer_satisfaction
                          FOR EACH ROW EXECUTE FUNCTION support_desk_rating_to_ticket();"""));
        migration.undoContract(sql(FILL).withoutTransaction());
        migration.undoContract(sql("""
                        CREATE TRIGGER support_desk_rating_to_table_new AFTER INSERT ON tickets
                          FOR EACH ROW WHEN (NEW.satisfaction_score IS NOT NULL) EXECUTE FUNCTION support_desk_rating_to_table();
                        CREATE TRIGGER support_desk_rating_to_table AFTER UPDATE OF satisfaction_score, satisfaction_remark, satisfaction_at ON tickets
                          FOR EACH ROW EXECUTE FUNCTION support_desk_rating_to_table();"""));
        // Before the table goes for good.
        migration.undoContract(sql(CHECK));
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_rating_to_table ON tickets;
                        DROP TRIGGER support_desk_rating_to_table_new ON tickets;"""));
        migration.undoExpand(sql("""
                        DROP TABLE customer_satisfaction;
                        DROP FUNCTION support_desk_rating_to_table();
                        DROP FUNCTION support_desk_rating_to_ticket();"""));
    }
}
