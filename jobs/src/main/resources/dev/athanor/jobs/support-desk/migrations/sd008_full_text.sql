-- athanor:revision  sd008
-- athanor:revises   sd007
-- athanor:message   find tickets by the words of their subject and description
-- athanor:created   2026-11-21T10:10:00Z

-- athanor:expand
-- A generated column would rewrite the whole table under its strongest lock; so a plain one and a trigger.
ALTER TABLE tickets ADD COLUMN search tsvector;

-- The language is named: with default_text_search_config the same text would be cut otherwise in another session.
-- A tsvector holds 1 MB, and what does not fit is an error for whoever writes the ticket: so only the beginning of a long text
-- can be found.
CREATE FUNCTION support_desk_search(subject text, description text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $function$
    SELECT setweight(to_tsvector('pg_catalog.english', left(coalesce(subject, ''), 1000)), 'A')
        || setweight(to_tsvector('pg_catalog.english', left(coalesce(description, ''), 100000)), 'B')
  $function$;
CREATE FUNCTION support_desk_set_search() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT
  AS $function$
  BEGIN
    NEW.search := support_desk_search(NEW.subject, NEW.description);
    RETURN NEW;
  END
  $function$;

-- athanor:expand
CREATE TRIGGER support_desk_set_search BEFORE INSERT OR UPDATE OF subject, description ON tickets
  FOR EACH ROW EXECUTE FUNCTION support_desk_set_search();

-- athanor:backfill name=search table=tickets key=id
UPDATE tickets
   SET search = support_desk_search(subject, description)
 WHERE ${chunk}
   AND search IS NULL;

-- athanor:verify name=every-text-indexed
SELECT count(*) FROM tickets WHERE search IS DISTINCT FROM support_desk_search(subject, description);

-- athanor:contract transaction=none
-- Behind the backfill: an inverted index that is there while every row changes costs several times as much.
CREATE INDEX CONCURRENTLY ix_tickets_search ON tickets USING gin (search);

-- athanor:contract
ALTER TABLE tickets ADD CONSTRAINT ticket_search_set CHECK (search IS NOT NULL) NOT VALID;
-- athanor:contract
ALTER TABLE tickets VALIDATE CONSTRAINT ticket_search_set;
-- athanor:contract
ALTER TABLE tickets ALTER COLUMN search SET NOT NULL;
-- athanor:contract
ALTER TABLE tickets DROP CONSTRAINT ticket_search_set;

-- athanor:undo contract
ALTER TABLE tickets ALTER COLUMN search DROP NOT NULL;
-- athanor:undo contract transaction=none
DROP INDEX CONCURRENTLY IF EXISTS ix_tickets_search;

-- athanor:undo expand
DROP TRIGGER support_desk_set_search ON tickets;
DROP FUNCTION support_desk_set_search();
DROP FUNCTION support_desk_search(text, text);
ALTER TABLE tickets DROP COLUMN search;
