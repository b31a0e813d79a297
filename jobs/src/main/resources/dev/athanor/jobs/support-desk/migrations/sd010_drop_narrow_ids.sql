-- athanor:revision  sd010
-- athanor:revises   sd009
-- athanor:message   drop the integer columns that the ids of tickets had before
-- athanor:created   2026-11-21T10:30:00Z
-- athanor:irreversible  from now on ids may be given that no integer can hold

-- athanor:contract transaction=none
DROP INDEX CONCURRENTLY IF EXISTS ix_comments_ticket_narrow;
-- athanor:contract
DROP TRIGGER support_desk_narrow_comment ON comments;
DROP FUNCTION support_desk_narrow_comment();
-- athanor:allow CL9 nobody but the trigger knew it, and its index is gone
ALTER TABLE comments DROP COLUMN ticket_id_narrow;
-- athanor:contract
DROP TRIGGER support_desk_narrow_ticket ON tickets;
DROP FUNCTION support_desk_narrow_ticket();
-- athanor:allow CL9 nobody but the trigger knew it
ALTER TABLE tickets DROP COLUMN id_narrow;
