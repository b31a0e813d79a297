-- athanor:revision  index11
-- athanor:message   an index on the requester of tickets

-- athanor:expand transaction=none
CREATE INDEX CONCURRENTLY tickets_requester ON tickets (requester);
