-- athanor:revision  bigint07
-- athanor:message   tickets.id and what points to it become bigint

-- athanor:expand lock-timeout=200ms
ALTER TABLE tickets ADD COLUMN id_big bigint;
CREATE FUNCTION tickets_id_big() RETURNS trigger LANGUAGE plpgsql AS $function$
  BEGIN NEW.id_big := NEW.id; RETURN NEW; END
  $function$;
CREATE TRIGGER tickets_id_big BEFORE INSERT OR UPDATE OF id ON tickets
  FOR EACH ROW EXECUTE FUNCTION tickets_id_big();

-- athanor:expand lock-timeout=200ms
ALTER TABLE comments ADD COLUMN ticket_id_big bigint;
CREATE FUNCTION comments_ticket_id_big() RETURNS trigger LANGUAGE plpgsql AS $function$
  BEGIN NEW.ticket_id_big := NEW.ticket_id; RETURN NEW; END
  $function$;
CREATE TRIGGER comments_ticket_id_big BEFORE INSERT OR UPDATE OF ticket_id ON comments
  FOR EACH ROW EXECUTE FUNCTION comments_ticket_id_big();

-- athanor:backfill name=tickets table=tickets target-chunk-time=50ms
UPDATE tickets SET id_big = id WHERE ${chunk} AND id_big IS NULL;
-- athanor:backfill name=comments table=comments target-chunk-time=50ms
UPDATE comments SET ticket_id_big = ticket_id WHERE ${chunk} AND ticket_id_big IS NULL;

-- athanor:verify name=tickets-same
SELECT count(*) FROM tickets WHERE id_big IS DISTINCT FROM id;
-- athanor:verify name=comments-same
SELECT count(*) FROM comments WHERE ticket_id_big IS DISTINCT FROM ticket_id;

-- athanor:contract lock-timeout=200ms
ALTER TABLE tickets ADD CONSTRAINT tickets_id_big_set CHECK (id_big IS NOT NULL) NOT VALID;
-- athanor:contract
ALTER TABLE tickets VALIDATE CONSTRAINT tickets_id_big_set;
-- athanor:contract lock-timeout=200ms
ALTER TABLE tickets ALTER COLUMN id_big SET NOT NULL, DROP CONSTRAINT tickets_id_big_set;
-- athanor:contract lock-timeout=200ms
ALTER TABLE comments ADD CONSTRAINT comments_ticket_id_big_set CHECK (ticket_id_big IS NOT NULL) NOT VALID;
-- athanor:contract
ALTER TABLE comments VALIDATE CONSTRAINT comments_ticket_id_big_set;
-- athanor:contract lock-timeout=200ms
ALTER TABLE comments ALTER COLUMN ticket_id_big SET NOT NULL, DROP CONSTRAINT comments_ticket_id_big_set;

-- athanor:contract transaction=none
CREATE UNIQUE INDEX CONCURRENTLY tickets_id_big ON tickets (id_big);
CREATE INDEX CONCURRENTLY comments_ticket_big ON comments (ticket_id_big);

-- athanor:contract lock-timeout=200ms
ALTER TABLE comments ADD CONSTRAINT comments_ticket_big_fk
  FOREIGN KEY (ticket_id_big) REFERENCES tickets (id_big) ON DELETE CASCADE NOT VALID;
-- athanor:contract
ALTER TABLE comments VALIDATE CONSTRAINT comments_ticket_big_fk;

-- athanor:contract lock-timeout=200ms
-- The switch: the catalogue only, no row is touched. Both tables are locked first, so that no statement of the
-- application comes between.
LOCK TABLE tickets, comments IN ACCESS EXCLUSIVE MODE;
DROP TRIGGER comments_ticket_id_big ON comments;
DROP FUNCTION comments_ticket_id_big();
ALTER TABLE comments DROP COLUMN ticket_id;
ALTER TABLE comments RENAME COLUMN ticket_id_big TO ticket_id;
ALTER TABLE comments RENAME CONSTRAINT comments_ticket_big_fk TO comments_ticket_fk;
ALTER INDEX comments_ticket_big RENAME TO comments_ticket;
DROP TRIGGER tickets_id_big ON tickets;
DROP FUNCTION tickets_id_big();
ALTER SEQUENCE tickets_id_seq AS bigint OWNED BY tickets.id_big;
ALTER TABLE tickets ALTER COLUMN id_big SET DEFAULT nextval('tickets_id_seq');
ALTER TABLE tickets DROP COLUMN id;
ALTER TABLE tickets RENAME COLUMN id_big TO id;
ALTER TABLE tickets ADD CONSTRAINT tickets_pkey PRIMARY KEY USING INDEX tickets_id_big;
