-- athanor:revision  rename01
-- athanor:message   tickets.subject becomes tickets.title

-- athanor:expand lock-timeout=200ms
ALTER TABLE tickets ADD COLUMN title text;

-- Whoever writes one of the two writes both.
CREATE FUNCTION tickets_subject_title() RETURNS trigger LANGUAGE plpgsql AS $function$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      NEW.title := coalesce(NEW.title, NEW.subject);
      NEW.subject := NEW.title;
    ELSIF NEW.title IS DISTINCT FROM OLD.title THEN
      NEW.subject := NEW.title;
    ELSE
      NEW.title := NEW.subject;
    END IF;
    RETURN NEW;
  END
  $function$;
CREATE TRIGGER tickets_subject_title BEFORE INSERT OR UPDATE OF subject, title ON tickets
  FOR EACH ROW WHEN (NEW.title IS DISTINCT FROM NEW.subject)
  EXECUTE FUNCTION tickets_subject_title();

-- athanor:backfill name=title table=tickets target-chunk-time=50ms
UPDATE tickets SET title = subject WHERE ${chunk} AND title IS NULL;

-- athanor:verify name=same
SELECT count(*) FROM tickets WHERE title IS DISTINCT FROM subject;

-- athanor:contract transaction=none
CREATE INDEX CONCURRENTLY tickets_title ON tickets (title);

-- athanor:contract lock-timeout=200ms
ALTER TABLE tickets ADD CONSTRAINT tickets_title_set CHECK (title IS NOT NULL) NOT VALID;
-- athanor:contract lock-timeout=200ms
ALTER TABLE tickets VALIDATE CONSTRAINT tickets_title_set;
-- athanor:contract lock-timeout=200ms
DROP TRIGGER tickets_subject_title ON tickets;
DROP FUNCTION tickets_subject_title();
ALTER TABLE tickets
  ALTER COLUMN title SET NOT NULL,
  DROP CONSTRAINT tickets_title_set,
  DROP COLUMN subject;
