-- athanor:revision  notnull04
-- athanor:message   tickets.priority becomes NOT NULL

-- athanor:expand lock-timeout=200ms
-- The old version goes on writing NULL for a while.
CREATE FUNCTION tickets_priority() RETURNS trigger LANGUAGE plpgsql AS $function$
  BEGIN
    NEW.priority := 'normal';
    RETURN NEW;
  END
  $function$;
CREATE TRIGGER tickets_priority BEFORE INSERT OR UPDATE OF priority ON tickets
  FOR EACH ROW WHEN (NEW.priority IS NULL) EXECUTE FUNCTION tickets_priority();

-- athanor:backfill name=priority table=tickets target-chunk-time=50ms
UPDATE tickets SET priority = 'normal' WHERE ${chunk} AND priority IS NULL;

-- athanor:verify name=none-left
SELECT count(*) FROM tickets WHERE priority IS NULL;

-- athanor:contract lock-timeout=200ms
ALTER TABLE tickets ADD CONSTRAINT tickets_priority_set CHECK (priority IS NOT NULL) NOT VALID;
-- athanor:contract
ALTER TABLE tickets VALIDATE CONSTRAINT tickets_priority_set;
-- athanor:contract lock-timeout=200ms
-- Proved by the check, so the table is not read for it.
ALTER TABLE tickets ALTER COLUMN priority SET NOT NULL, DROP CONSTRAINT tickets_priority_set;
DROP TRIGGER tickets_priority ON tickets;
DROP FUNCTION tickets_priority();
