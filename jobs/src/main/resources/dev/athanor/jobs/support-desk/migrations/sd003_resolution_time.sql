-- athanor:revision  sd003
-- athanor:revises   sd002
-- athanor:message   add the resolution time of tickets in seconds
-- athanor:created   2026-11-21T09:20:00Z

-- athanor:expand
-- A generated column would rewrite the whole table under its strongest lock; so a plain one and a trigger.
-- athanor:allow TY1 seconds of 68 years
ALTER TABLE tickets ADD COLUMN resolution_time_seconds integer;

CREATE FUNCTION support_desk_resolution_time(created_at timestamptz, resolved_at timestamptz) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $function$ SELECT extract(epoch FROM resolved_at - created_at)::integer $function$;

CREATE FUNCTION support_desk_set_resolution_time() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT
  AS $function$
  BEGIN
    NEW.resolution_time_seconds := support_desk_resolution_time(NEW.created_at, NEW.resolved_at);
    RETURN NEW;
  END
  $function$;

-- athanor:expand
-- Tickets that are resolved or opened again from now on, by whichever application.
CREATE TRIGGER support_desk_set_resolution_time BEFORE INSERT OR UPDATE OF created_at, resolved_at ON tickets
  FOR EACH ROW EXECUTE FUNCTION support_desk_set_resolution_time();

-- athanor:backfill name=resolution-time table=tickets key=id
-- Unresolved tickets keep NULL, and are walked past: they have nothing to fill.
UPDATE tickets
   SET resolution_time_seconds = support_desk_resolution_time(created_at, resolved_at)
 WHERE ${chunk}
   AND resolved_at IS NOT NULL
   AND resolution_time_seconds IS NULL;

-- athanor:verify name=every-time-right
-- Counts rows that are empty, rows that should be, and rows with a stale or wrong figure.
SELECT count(*) FROM tickets
 WHERE resolution_time_seconds IS DISTINCT FROM extract(epoch FROM resolved_at - created_at)::integer;

-- athanor:contract
ALTER TABLE tickets ADD CONSTRAINT ticket_resolution_time_set
  CHECK ((resolved_at IS NULL) = (resolution_time_seconds IS NULL)) NOT VALID;
-- athanor:contract
ALTER TABLE tickets VALIDATE CONSTRAINT ticket_resolution_time_set;

-- athanor:undo contract
ALTER TABLE tickets DROP CONSTRAINT ticket_resolution_time_set;

-- athanor:undo expand
DROP TRIGGER support_desk_set_resolution_time ON tickets;
DROP FUNCTION support_desk_set_resolution_time();
DROP FUNCTION support_desk_resolution_time(timestamptz, timestamptz);
ALTER TABLE tickets DROP COLUMN resolution_time_seconds;
