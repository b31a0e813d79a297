-- athanor:revision  drop10
-- athanor:message   tickets.channel goes

-- athanor:expand lock-timeout=200ms
-- The new version does not write it any more, and the old one relies on it still.
ALTER TABLE tickets ALTER COLUMN channel SET DEFAULT 'unknown';

-- athanor:operation drop-column table=tickets column=channel type=text default="'unknown'" not-null=true lock-timeout=200ms
