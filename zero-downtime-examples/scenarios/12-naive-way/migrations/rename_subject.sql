-- athanor:revision  naive12
-- athanor:message   tickets.subject becomes tickets.title, as one would do it without users

-- athanor:expand
-- All in one transaction, so nobody can read or write the table before the last row is copied and its index built.
ALTER TABLE tickets ADD COLUMN title text;
UPDATE tickets SET title = subject;
CREATE INDEX tickets_title ON tickets (title);
-- And from now on nothing fills title in what the old version writes, nor subject in what the new version writes.
ALTER TABLE tickets ALTER COLUMN title SET NOT NULL;

-- athanor:contract
ALTER TABLE tickets DROP COLUMN subject;
