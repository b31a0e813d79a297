-- athanor:revision  lookup09
-- athanor:message   tickets.status, an enum, becomes tickets.status_id, a key of statuses

-- athanor:expand lock-timeout=200ms
CREATE TABLE statuses (id smallint PRIMARY KEY, name text NOT NULL UNIQUE);
INSERT INTO statuses (id, name)
SELECT place, value FROM unnest(enum_range(NULL::ticket_status)::text[]) WITH ORDINALITY AS s (value, place);
-- athanor:expand lock-timeout=200ms
ALTER TABLE tickets ADD COLUMN status_id smallint;

-- Whoever writes one of the two writes both.
CREATE FUNCTION tickets_status() RETURNS trigger LANGUAGE plpgsql AS $function$
  BEGIN
    IF NEW.status_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.status_id IS DISTINCT FROM OLD.status_id) THEN
      NEW.status := (SELECT name::ticket_status FROM statuses WHERE id = NEW.status_id);
    ELSE
      NEW.status_id := (SELECT id FROM statuses WHERE name = NEW.status::text);
    END IF;
    RETURN NEW;
  END
  $function$;
CREATE TRIGGER tickets_status_insert BEFORE INSERT ON tickets
  FOR EACH ROW EXECUTE FUNCTION tickets_status();
CREATE TRIGGER tickets_status_update BEFORE UPDATE OF status, status_id ON tickets
  FOR EACH ROW WHEN ((NEW.status, NEW.status_id) IS DISTINCT FROM (OLD.status, OLD.status_id))
  EXECUTE FUNCTION tickets_status();
-- athanor:expand lock-timeout=200ms
ALTER TABLE tickets ADD CONSTRAINT tickets_status_fk FOREIGN KEY (status_id) REFERENCES statuses (id) NOT VALID;

-- athanor:backfill name=status-id table=tickets target-chunk-time=50ms
UPDATE tickets SET status_id = statuses.id
  FROM statuses
 WHERE ${chunk:tickets} AND statuses.name = status::text AND status_id IS NULL;

-- athanor:verify name=same
SELECT count(*) FROM tickets t LEFT JOIN statuses s ON s.id = t.status_id WHERE s.name IS DISTINCT FROM t.status::text;

-- athanor:contract lock-timeout=200ms
ALTER TABLE tickets ADD CONSTRAINT tickets_status_id_set CHECK (status_id IS NOT NULL) NOT VALID;
-- athanor:contract
ALTER TABLE tickets VALIDATE CONSTRAINT tickets_status_id_set;
-- athanor:contract
ALTER TABLE tickets VALIDATE CONSTRAINT tickets_status_fk;
-- athanor:contract lock-timeout=200ms
DROP TRIGGER tickets_status_insert ON tickets;
DROP TRIGGER tickets_status_update ON tickets;
DROP FUNCTION tickets_status();
ALTER TABLE tickets
  ALTER COLUMN status_id SET NOT NULL,
  DROP CONSTRAINT tickets_status_id_set,
  DROP COLUMN status;
-- athanor:contract lock-timeout=200ms
DROP TYPE ticket_status;
