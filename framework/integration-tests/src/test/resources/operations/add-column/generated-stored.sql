-- case:plain-names the trigger function has a name that is derived
-- case:setup
CREATE TABLE tickets (id int CONSTRAINT pk PRIMARY KEY, subject text);
INSERT INTO tickets SELECT n, 'Subject ' || n FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation add-column table=tickets column=folded type=text generated=lower(subject)
-- case:old-writer expand
INSERT INTO tickets (id, subject) VALUES (21, 'ABC');
UPDATE tickets SET subject = 'DEF' WHERE id = 1;
-- case:new-writer expand
INSERT INTO tickets (id, subject, folded) VALUES (22, 'GHI', 'something else');
-- case:refused expand 2BP01
ALTER TABLE tickets DROP COLUMN subject;
-- case:old-writer expand
SET session_replication_role = 'replica';
INSERT INTO tickets (id, subject) VALUES (23, 'JKL');
-- case:check backfill
SELECT id, folded FROM tickets WHERE id IN (1, 2, 21, 22, 23) ORDER BY id;
-- = 1 | def
-- = 2 | subject 2
-- = 21 | abc
-- = 22 | ghi
-- = 23 | jkl
-- case:new-writer contract
UPDATE tickets SET folded = 'x' WHERE id = 2;
-- case:check contract
SELECT count(*) FROM tickets WHERE folded IS DISTINCT FROM lower(subject);
-- = 0
-- case:fresh
CREATE TABLE tickets (id int CONSTRAINT pk PRIMARY KEY, subject text, folded text);
CREATE FUNCTION athanor_stored_tickets_folded_7be0087079() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
#variable_conflict use_column
BEGIN
  SELECT (lower(subject)) INTO NEW."folded" FROM (SELECT NEW.*) AS "tickets";
  RETURN NEW;
END
$$;
CREATE TRIGGER zz_stored_tickets_folded_7be0087079 BEFORE INSERT OR UPDATE ON tickets FOR EACH ROW
  WHEN (current_setting('athanor.backfill', true) IS DISTINCT FROM 'athanor_stored_tickets_folded_7be0087079'
    AND (NEW.subject IS NOT NULL OR NEW.folded IS NOT NULL OR true))
  EXECUTE FUNCTION athanor_stored_tickets_folded_7be0087079();
ALTER TABLE tickets ENABLE ALWAYS TRIGGER zz_stored_tickets_folded_7be0087079;
